/** From files to tracks: every accepted entry is checked, hashed, stored and sent on its way. */
package io.stemline.ingest.intake;
