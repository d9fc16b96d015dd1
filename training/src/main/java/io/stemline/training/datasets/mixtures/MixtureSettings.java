package io.stemline.training.datasets.mixtures;

import io.stemline.audio.AudioFormat;
import io.stemline.training.datasets.Split;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is drawn for mixtures, and how many are made.
 *
 * @param seed of everything drawn
 * @param counts mixtures of each split; sounds are divided between the splits in the same proportion
 * @param length of every mixture
 * @param format of every mixture, mono or stereo
 * @param leastEvents sounds of each label in a mixture, at least
 * @param mostEvents and at most
 * @param eventSeconds how long a sound is heard; less if the source or the mixture is shorter
 * @param levelDb root mean square of a sound while it is heard, in decibels below full scale
 * @param pitchSemitones how much higher a sound is played
 * @param stretch by how much a sound is made longer
 */
public record MixtureSettings(
        long seed,
        Map<Split, Integer> counts,
        Duration length,
        AudioFormat format,
        int leastEvents,
        int mostEvents,
        Range eventSeconds,
        Range levelDb,
        Range pitchSemitones,
        Range stretch) {

    /**
     * Amounts are drawn from here to there, all equally likely.
     *
     * @param lowest as low as this
     * @param highest below this, or this if both are the same
     */
    public record Range(double lowest, double highest) {
        public Range {
            if (!(Double.isFinite(lowest) && Double.isFinite(highest) && lowest <= highest)) {
                throw new IllegalArgumentException("A range goes up, not from " + lowest + " to " + highest);
            }
        }

        public static Range always(double amount) {
            return new Range(amount, amount);
        }

        private void requireWithin(String name, double least, double most) {
            if (lowest < least || highest > most) {
                throw new IllegalArgumentException("%s: amounts lie between %s and %s, not from %s to %s"
                        .formatted(name, least, most, lowest, highest));
            }
        }
    }

    public MixtureSettings {
        counts = Map.copyOf(new EnumMap<>(counts));
        if (counts.values().stream().anyMatch(count -> count < 0)
                || counts.values().stream().allMatch(count -> count == 0)) {
            throw new IllegalArgumentException("At least one mixture is made, not " + counts);
        }
        if (length.isNegative() || length.isZero() || length.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("A mixture is up to an hour long, not " + length.toMillis() + " ms");
        }
        if (format.channels() > 2) {
            throw new IllegalArgumentException(
                    "Mixtures are mono or stereo, not of " + format.channels() + " channels");
        }
        if (leastEvents < 0 || mostEvents < Math.max(1, leastEvents)) {
            throw new IllegalArgumentException("From " + leastEvents + " to " + mostEvents
                    + " sounds of a label: counts go up, the last is above 0");
        }
        eventSeconds.requireWithin("eventSeconds", 0.02, 3600);
        levelDb.requireWithin("levelDb", -100, 0);
        pitchSemitones.requireWithin("pitchSemitones", -12, 12);
        stretch.requireWithin("stretch", 0.5, 2);
    }

    /** Stereo mixtures of ten seconds with one to three sounds of each label, at -36 to -16 dB, as they are. */
    public static MixtureSettings standard(long seed, Map<Split, Integer> counts) {
        return new MixtureSettings(
                seed,
                counts,
                Duration.ofSeconds(10),
                new AudioFormat(44_100, 2),
                1,
                3,
                new Range(1, 6),
                new Range(-36, -16),
                Range.always(0),
                Range.always(1));
    }

    /** The same with mixtures of another length. */
    public MixtureSettings withLength(Duration other) {
        return new MixtureSettings(
                seed, counts, other, format, leastEvents, mostEvents, eventSeconds, levelDb, pitchSemitones, stretch);
    }

    int lengthFrames() {
        return Math.toIntExact(Math.round(length.toNanos() / 1e9 * format.sampleRateHz()));
    }
}
