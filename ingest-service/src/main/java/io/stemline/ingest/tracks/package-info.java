/** Tracks, what was made of them, and their audio. */
package io.stemline.ingest.tracks;
