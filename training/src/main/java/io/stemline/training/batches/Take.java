package io.stemline.training.batches;

/**
 * A stretch of a passage, played at some speed and pitch.
 *
 * @param firstFrame of the passage
 * @param speed 1 is as it was
 * @param rateSteps speed times pitch, in steps of 1/256: what the samples are played at
 */
record Take(Passage passage, int firstFrame, double speed, int rateSteps) {

    static Take asItIs(Passage passage, int firstFrame) {
        return new Take(passage, firstFrame, 1, RateChange.STEPS);
    }

    boolean unchanged() {
        return speed == 1 && rateSteps == RateChange.STEPS;
    }

    /** By how much the stem is made longer before it is played at the rate. */
    double stretch() {
        return rateSteps / (speed * RateChange.STEPS);
    }
}
