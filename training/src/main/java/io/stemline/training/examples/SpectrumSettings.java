package io.stemline.training.examples;

import io.stemline.audio.spectrum.StftSettings;

/**
 * The transform in front of a network.
 *
 * @param bins how many of the lowest bins are kept
 */
public record SpectrumSettings(int windowLength, int hopLength, int bins) {

    /** Periodic Hann window, centred frames, padded end. */
    public StftSettings stft() {
        return StftSettings.of(windowLength, hopLength);
    }
}
