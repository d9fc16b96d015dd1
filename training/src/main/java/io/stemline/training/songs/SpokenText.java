package io.stemline.training.songs;

import java.util.List;

/**
 * Speech cut for singing, at 44.1 kHz.
 *
 * @param sound {@code [lengthFrames]}
 * @param marks the frames at which the cycles of voiced sound peak, ascending
 * @param periods how long the cycle at each mark is, in frames
 * @param syllables in the order in which they are spoken
 */
record SpokenText(float[] sound, int[] marks, int[] periods, List<SpokenSyllable> syllables) {

    /**
     * A stretch with one vowel; all in frames.
     *
     * @param start where the consonants before it begin
     * @param voiced where the voice sets in
     * @param steadyFrom where the middle of the vowel begins, which can be stretched
     * @param steadyTo where it ends
     * @param unvoiced where the voice stops
     * @param end where the consonants after it end
     */
    record SpokenSyllable(int start, int voiced, int steadyFrom, int steadyTo, int unvoiced, int end) {}
}
