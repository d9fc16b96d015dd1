package io.stemline.training.batches;

import io.stemline.training.batches.Augmentation.Range;

/** Augmentations of one kind, for tests. */
final class Variations {
    private Variations() {}

    static Augmentation gain(double db) {
        return with(new Range(1, db, db), Range.NEVER, 0, Range.NEVER, Range.NEVER, Range.NEVER, Range.NEVER);
    }

    static Augmentation swapped() {
        return with(Range.NEVER, Range.NEVER, 1, Range.NEVER, Range.NEVER, Range.NEVER, Range.NEVER);
    }

    static Augmentation width(double sideGain) {
        Range width = new Range(1, sideGain, sideGain);
        return with(Range.NEVER, width, 0, Range.NEVER, Range.NEVER, Range.NEVER, Range.NEVER);
    }

    static Augmentation equaliser(double db) {
        return with(Range.NEVER, Range.NEVER, 0, new Range(1, db, db), Range.NEVER, Range.NEVER, Range.NEVER);
    }

    static Augmentation lowPass(double hz) {
        return with(Range.NEVER, Range.NEVER, 0, Range.NEVER, new Range(1, hz, hz), Range.NEVER, Range.NEVER);
    }

    static Augmentation speed(double speed) {
        return with(Range.NEVER, Range.NEVER, 0, Range.NEVER, Range.NEVER, new Range(1, speed, speed), Range.NEVER);
    }

    static Augmentation pitch(double semitones) {
        Range pitch = new Range(1, semitones, semitones);
        return with(Range.NEVER, Range.NEVER, 0, Range.NEVER, Range.NEVER, Range.NEVER, pitch);
    }

    static Augmentation crossing(double share, int settledStep) {
        return of(share, settledStep, 0, 0);
    }

    static Augmentation without(double vocals, double oneOther) {
        return of(0, 1, vocals, oneOther);
    }

    private static Augmentation of(double crossing, int settledStep, double withoutVocals, double withoutOneOther) {
        return new Augmentation(
                crossing,
                settledStep,
                withoutVocals,
                withoutOneOther,
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

    private static Augmentation with(
            Range gain, Range width, double swap, Range equaliser, Range lowPass, Range speed, Range pitch) {
        return new Augmentation(0, 1, 0, 0, gain, gain, swap, width, equaliser, lowPass, Range.NEVER, speed, pitch);
    }
}
