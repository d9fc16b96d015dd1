package io.stemline.audio;

/**
 * What every frame of a signal looks like: one sample per channel, so many frames a second.
 *
 * @param sampleRateHz frames per second, 1 to {@value #MAX_SAMPLE_RATE_HZ}
 * @param channels samples per frame, 1 to {@value #MAX_CHANNELS}
 */
public record AudioFormat(int sampleRateHz, int channels) {

    public static final int MAX_SAMPLE_RATE_HZ = 6_144_000;
    public static final int MAX_CHANNELS = 64;

    public AudioFormat {
        if (sampleRateHz < 1 || sampleRateHz > MAX_SAMPLE_RATE_HZ) {
            throw new IllegalArgumentException(
                    "A sample rate is between 1 and " + MAX_SAMPLE_RATE_HZ + " Hz, not " + sampleRateHz);
        }
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw new IllegalArgumentException(
                    "Audio has between 1 and " + MAX_CHANNELS + " channels, not " + channels);
        }
    }
}
