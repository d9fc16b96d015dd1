package io.stemline.training.soundfont;

/**
 * A recording in a sound font. All places are in samples from the start of the file's recordings.
 *
 * @param start the first sample
 * @param end the one after the last
 * @param key the key that was played
 * @param correctionCents to be added to the recording's pitch
 */
record Sample(
        String name, int start, int end, int loopStart, int loopEnd, int sampleRateHz, int key, int correctionCents) {}
