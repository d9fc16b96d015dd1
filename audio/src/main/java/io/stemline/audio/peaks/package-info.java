/** Extremes of a signal at several resolutions, for drawing any part of its waveform without its samples. */
package io.stemline.audio.peaks;
