package io.stemline.audio;

import java.time.Duration;

/**
 * How far a file is followed before it is refused: what is beyond is no music but a mistake or an attack, and would take a machine's
 * time and memory from the others. What a header states does not count, only what is there.
 *
 * @param longest how much sound a stream may give
 * @param mostChannels how many channels a stream may have, 1 to {@value AudioFormat#MAX_CHANNELS}
 * @param lowestSampleRateHz every frame of a lower rate would become very many at a usual one
 * @param highestSampleRateHz at most {@value AudioFormat#MAX_SAMPLE_RATE_HZ}
 * @param patience how long a file may be read without any sound coming out of it
 * @param largestBytes how large a file may be
 * @param ownProcess whether each file is decoded in a process of its own, so that a fault in native code ends that process and not
 *     this one; a file takes about half a second longer
 */
public record DecodingLimits(
        Duration longest,
        int mostChannels,
        int lowestSampleRateHz,
        int highestSampleRateHz,
        Duration patience,
        long largestBytes,
        boolean ownProcess) {

    /** The name of {@link #longest} among an application's settings, as messages give it; so are the others. */
    public static final String LONGEST = "stemline.decoding.longest";

    public static final String MOST_CHANNELS = "stemline.decoding.most-channels";
    public static final String LOWEST_SAMPLE_RATE_HZ = "stemline.decoding.lowest-sample-rate-hz";
    public static final String HIGHEST_SAMPLE_RATE_HZ = "stemline.decoding.highest-sample-rate-hz";
    public static final String PATIENCE = "stemline.decoding.patience";
    public static final String LARGEST_BYTES = "stemline.decoding.largest-bytes";

    private static final DecodingLimits STANDARD = new DecodingLimits(
            Duration.ofHours(24), AudioFormat.MAX_CHANNELS, 1_000, 768_000, Duration.ofMinutes(1), 1L << 36, false);

    public DecodingLimits {
        requireBetween(
                LONGEST + " in seconds",
                longest.toSeconds(),
                1,
                Duration.ofDays(366).toSeconds());
        requireBetween(MOST_CHANNELS, mostChannels, 1, AudioFormat.MAX_CHANNELS);
        requireBetween(HIGHEST_SAMPLE_RATE_HZ, highestSampleRateHz, 1, AudioFormat.MAX_SAMPLE_RATE_HZ);
        requireBetween(LOWEST_SAMPLE_RATE_HZ, lowestSampleRateHz, 1, highestSampleRateHz);
        requireBetween(
                PATIENCE + " in seconds",
                patience.toSeconds(),
                1,
                Duration.ofDays(1).toSeconds());
        requireBetween(LARGEST_BYTES, largestBytes, 1, Long.MAX_VALUE);
    }

    /** 24 hours, 64 channels, 1 to 768 kHz, a minute without sound, 64 GiB; in this process. */
    public static DecodingLimits standard() {
        return STANDARD;
    }

    DecodingLimits inThisProcess() {
        return new DecodingLimits(
                longest, mostChannels, lowestSampleRateHz, highestSampleRateHz, patience, largestBytes, false);
    }

    private static void requireBetween(String setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is between %d and %d, not %d".formatted(setting, least, most, value));
        }
    }
}
