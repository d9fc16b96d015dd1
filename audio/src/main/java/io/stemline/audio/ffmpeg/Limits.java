package io.stemline.audio.ffmpeg;

import io.stemline.audio.DecodingLimitException;
import io.stemline.audio.DecodingLimits;
import io.stemline.audio.NotAudioException;
import java.nio.file.Path;

/** Holds one file that is being decoded against the limits. */
final class Limits {

    private final Path file;
    private final DecodingLimits limits;
    private long waitingSinceNanos = System.nanoTime();

    Limits(Path file, DecodingLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    void requireSize(long sizeBytes) {
        if (sizeBytes > limits.largestBytes()) {
            throw beyond(
                    "%d bytes are more than the %d".formatted(sizeBytes, limits.largestBytes()),
                    "read",
                    DecodingLimits.LARGEST_BYTES);
        }
    }

    void requireFormat(StreamFormat format) {
        int channels = format.channels();
        int rateHz = format.sampleRateHz();
        if (channels < 1 || rateHz < 1) {
            throw new NotAudioException(
                    file, "not audio that can be decoded (%d channels at %d Hz)".formatted(channels, rateHz));
        }
        if (channels > limits.mostChannels()) {
            throw beyond(
                    "%d channels are more than the %d".formatted(channels, limits.mostChannels()),
                    "read",
                    DecodingLimits.MOST_CHANNELS);
        }
        if (rateHz < limits.lowestSampleRateHz()) {
            throw beyond(
                    "%d Hz is less than the %d Hz".formatted(rateHz, limits.lowestSampleRateHz()),
                    "read",
                    DecodingLimits.LOWEST_SAMPLE_RATE_HZ);
        }
        if (rateHz > limits.highestSampleRateHz()) {
            throw beyond(
                    "%d Hz is more than the %d Hz".formatted(rateHz, limits.highestSampleRateHz()),
                    "read",
                    DecodingLimits.HIGHEST_SAMPLE_RATE_HZ);
        }
    }

    void requireLength(long frames, int sampleRateHz) {
        if (frames > limits.longest().toNanos() / 1e9 * sampleRateHz) {
            throw beyond(
                    "there is more sound in it than the %d s"
                            .formatted(limits.longest().toSeconds()),
                    "read",
                    DecodingLimits.LONGEST);
        }
    }

    /** Sound is asked for: the patience begins. */
    void startWaiting() {
        waitingSinceNanos = System.nanoTime();
    }

    void requireSoundInTime() {
        if (System.nanoTime() - waitingSinceNanos > limits.patience().toNanos()) {
            throw beyond(
                    "no sound came out of it within the %d s"
                            .formatted(limits.patience().toSeconds()),
                    "waited for",
                    DecodingLimits.PATIENCE);
        }
    }

    private DecodingLimitException beyond(String what, String done, String setting) {
        return new DecodingLimitException(file, "%s that are %s (%s)".formatted(what, done, setting));
    }
}
