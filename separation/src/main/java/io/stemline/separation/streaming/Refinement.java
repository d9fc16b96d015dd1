package io.stemline.separation.streaming;

import java.util.OptionalDouble;

/**
 * How much work goes into what a network says, beyond showing it every part of the mixture once.
 *
 * @param shifts how often the mixture is separated, each time shifted by another part of half a second, to take the mean;
 *     1 for once. Costs as many times the work
 * @param overlap share of a segment that it has in common with the one before, 0 to 0.5; empty for the model's own
 * @param fade how segments are joined where they overlap
 */
public record Refinement(int shifts, OptionalDouble overlap, Fade fade) {

    /** As the model's card says. */
    public static final Refinement NONE = new Refinement(1, OptionalDouble.empty(), Fade.TRIANGULAR);

    /** The most shifts that make sense. */
    public static final int MOST_SHIFTS = 20;

    private static final double LARGEST_SHIFT_SECONDS = 0.5;

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public Refinement {
        if (shifts < 1 || shifts > MOST_SHIFTS) {
            throw new IllegalArgumentException("'shifts' must be between 1 and " + MOST_SHIFTS + ", and is " + shifts);
        }
        if (overlap.isPresent() && !(overlap.getAsDouble() >= 0 && overlap.getAsDouble() <= 0.5)) {
            throw new IllegalArgumentException("'overlap' must be between 0 and 0.5, and is " + overlap.getAsDouble());
        }
    }

    public Refinement withShifts(int shifts) {
        return new Refinement(shifts, overlap, fade);
    }

    public Refinement withOverlap(double overlap) {
        return new Refinement(shifts, OptionalDouble.of(overlap), fade);
    }

    public Refinement withFade(Fade fade) {
        return new Refinement(shifts, overlap, fade);
    }

    /** By how many samples each shift delays the mixture: evenly spread, the first by none. */
    int[] delays(int sampleRateHz) {
        var delays = new int[shifts];
        for (int shift = 0; shift < shifts; shift++) {
            delays[shift] = (int) Math.round(LARGEST_SHIFT_SECONDS * sampleRateHz * shift / shifts);
        }
        return delays;
    }
}
