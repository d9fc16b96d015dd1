package io.stemline.training.batches;

import io.stemline.training.folder.Setting;

/**
 * How chunks are varied before they are mixed. Every kind has a share of the chunks (or stems) that it happens to, and a
 * range that its amount is drawn from.
 *
 * @param crossingShare share of mixtures whose stems come from different tracks
 * @param crossingSettledStep the step at which that share is reached; it grows from nothing
 * @param withoutVocals share of mixtures without the stem called {@code vocals}
 * @param withoutOneOther share of mixtures in which one of the other stems is left out
 * @param gainDb level of a stem
 * @param vocalsGainDb level of the stem called {@code vocals}
 * @param swapShare share of stems whose left and right are swapped
 * @param sideGain width of a stem: factor of the difference of its sides; 0 is mono, 1 as it was
 * @param equaliserDb gain of each of eight bands of a stem, drawn anew for each
 * @param lowPassHz upper end of a whole mixture's band, 24 dB an octave
 * @param highPassHz lower end of a whole mixture's band, 24 dB an octave
 * @param speed speed and with it pitch, as a tape's: 1.1 is a tenth faster and higher; rounded to 1/256
 * @param pitchSemitones pitch alone
 */
public record Augmentation(
        @Setting(doc = "share of mixtures whose stems come from different tracks", min = 0, max = 1)
        double crossingShare,

        @Setting(doc = "the step at which that share is reached; it grows from nothing", min = 1)
        int crossingSettledStep,

        @Setting(doc = "share of mixtures without the stem called vocals", min = 0, max = 1)
        double withoutVocals,

        @Setting(doc = "share of mixtures in which one of the other stems is left out", min = 0, max = 1)
        double withoutOneOther,

        @Setting(doc = "level of a stem") Range gainDb,
        @Setting(doc = "level of the stem called vocals") Range vocalsGainDb,

        @Setting(doc = "share of stems whose left and right are swapped", min = 0, max = 1)
        double swapShare,

        @Setting(doc = "width of a stem: 0 is mono, 1 as it was")
        Range sideGain,

        @Setting(doc = "gain of each of eight bands of a stem")
        Range equaliserDb,

        @Setting(doc = "upper end of a mixture's band") Range lowPassHz,
        @Setting(doc = "lower end of a mixture's band") Range highPassHz,

        @Setting(doc = "speed and with it pitch: 1.1 is a tenth faster and higher")
        Range speed,

        @Setting(doc = "pitch alone") Range pitchSemitones) {

    /**
     * How often something happens, and how much of it.
     *
     * @param share of all cases, 0 to 1
     * @param lowest amounts are drawn from here
     * @param highest to here
     */
    public record Range(
            @Setting(doc = "how often it happens", min = 0, max = 1)
            double share,

            @Setting(doc = "amounts are drawn from here") double lowest,
            @Setting(doc = "amounts are drawn to here") double highest) {
        /** Does not happen. */
        public static final Range NEVER = new Range(0, 0, 0);

        public Range {
            requireShare("a share", share);
            if (!(Double.isFinite(lowest) && Double.isFinite(highest) && lowest <= highest)) {
                throw new IllegalArgumentException("A range goes up, not from " + lowest + " to " + highest);
            }
        }

        private void requireWithin(String name, double least, double most) {
            if (share > 0 && (lowest < least || highest > most)) {
                throw new IllegalArgumentException("%s: amounts lie between %s and %s, not from %s to %s"
                        .formatted(name, least, most, lowest, highest));
            }
        }
    }

    private static final double LONGEST_RATE = 2;

    public Augmentation {
        requireShare("crossingShare", crossingShare);
        requireShare("withoutVocals", withoutVocals);
        requireShare("withoutOneOther", withoutOneOther);
        requireShare("swapShare", swapShare);
        if (crossingSettledStep < 1) {
            throw new IllegalArgumentException("crossingSettledStep is at least 1, not " + crossingSettledStep);
        }
        gainDb.requireWithin("gainDb", -60, 30);
        vocalsGainDb.requireWithin("vocalsGainDb", -60, 30);
        sideGain.requireWithin("sideGain", 0, 4);
        equaliserDb.requireWithin("equaliserDb", -30, 30);
        lowPassHz.requireWithin("lowPassHz", 200, 96_000);
        highPassHz.requireWithin("highPassHz", 5, 5_000);
        speed.requireWithin("speed", 1 / LONGEST_RATE, LONGEST_RATE);
        pitchSemitones.requireWithin("pitchSemitones", -12, 12);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " is between 0 and 1, not " + share);
        }
    }

    /** What is used where nothing else is asked for. */
    public static Augmentation standard() {
        return new Augmentation(
                0.5,
                1000,
                0.12,
                0.25,
                new Range(1, -8, 4),
                new Range(1, -10, 4),
                0.5,
                new Range(0.2, 0.3, 1.3),
                new Range(0.5, -6, 6),
                new Range(0.1, 5_000, 16_000),
                new Range(0.05, 30, 120),
                new Range(0.15, 0.9, 1.1),
                new Range(0.1, -2, 2));
    }

    /** Tracks as they are. */
    public static Augmentation none() {
        return new Augmentation(
                0,
                1,
                0,
                0,
                Range.NEVER,
                Range.NEVER,
                0,
                Range.NEVER,
                Range.NEVER,
                Range.NEVER,
                Range.NEVER,
                Range.NEVER,
                Range.NEVER);
    }

    /** The share of mixtures of different tracks at a step. */
    double crossingShareAt(long step) {
        return crossingShare * Math.min(1, (double) step / crossingSettledStep);
    }
}
