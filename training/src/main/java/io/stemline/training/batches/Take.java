package io.stemline.training.batches;

import io.stemline.training.datasets.effects.RateChange;

/**
 * A stretch of a passage, played at some speed and pitch.
 *
 * @param firstFrame of the passage
 * @param speed 1 is as it was
 * @param rateSteps speed times pitch, in steps of 1/256: what the samples are played at
 */
record Take(Passage passage, int firstFrame, double speed, int rateSteps) {

    boolean unchanged() {
        return speed == 1 && rateSteps == RateChange.STEPS;
    }
}
