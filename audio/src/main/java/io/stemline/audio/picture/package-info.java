/**
 * Pictures of signals of any length: waveforms and mel spectrograms, alone or below each other on a sheet, fed block by
 * block and kept in memory that does not depend on the length.
 */
package io.stemline.audio.picture;
