/** True stems of tracks: checked, stored under their content's hash, and announced, with the track or later. */
package io.stemline.ingest.references;
