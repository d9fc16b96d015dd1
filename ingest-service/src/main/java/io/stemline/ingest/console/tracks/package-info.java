/** The page of a track: player, waveforms, scores, where it came from, downloads. */
package io.stemline.ingest.console.tracks;
