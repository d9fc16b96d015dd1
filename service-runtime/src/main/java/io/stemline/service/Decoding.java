package io.stemline.service;

import io.stemline.audio.DecodingLimits;
import io.stemline.audio.ReadOptions;
import jakarta.inject.Singleton;

/** How a service reads the audio of others. */
@Singleton
public final class Decoding {
    private final DecodingLimits limits;

    Decoding(DecodingConfig config) {
        this.limits = new DecodingLimits(
                config.longest(),
                config.mostChannels(),
                config.lowestSampleRateHz(),
                config.highestSampleRateHz(),
                config.patience(),
                config.largestBytes(),
                config.ownProcess());
    }

    public DecodingLimits limits() {
        return limits;
    }

    /** A file as it is, within the limits. */
    public ReadOptions asIs() {
        return ReadOptions.asIs().within(limits);
    }
}
