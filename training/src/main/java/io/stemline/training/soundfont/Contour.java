package io.stemline.training.soundfont;

/** An envelope: delay, attack, hold, decay, sustain, and release from wherever it is when the key is let go. Seconds. */
record Contour(
        double delay,
        double attack,
        double hold,
        double decay,
        double sustainFall,
        double release,
        double heldSeconds) {
    /** How far an envelope falls in its whole decay or release time, in decibels. */
    static final double WHOLE_FALL_DB = 100;

    private static final double DB_PER_DOUBLING = 6.020599913279624;

    /** The level of a volume envelope: a straight attack, then falls that are straight in decibels. */
    double amplitude(double seconds) {
        double sounding = Math.min(seconds, heldSeconds);
        double sinceAttack = sounding - delay;
        if (sinceAttack <= 0) {
            return 0;
        }
        double rise = Math.min(1, sinceAttack / attack);
        double fallDb = Math.min(sustainFall, Math.max(0, sinceAttack - attack - hold) / decay * WHOLE_FALL_DB);
        double releaseDb = Math.max(0, seconds - heldSeconds) / release * WHOLE_FALL_DB;
        double attenuationDb = fallDb + releaseDb;
        return attenuationDb == 0 ? rise : rise * Power.ofTwo(-attenuationDb / DB_PER_DOUBLING);
    }

    /** When a volume envelope has fallen by so much, at the latest. */
    double secondsToFall(double db) {
        if (sustainFall >= db) {
            double decayed = delay + attack + hold + decay * db / WHOLE_FALL_DB;
            return Math.min(decayed, heldSeconds + release * db / WHOLE_FALL_DB);
        }
        return heldSeconds + release * db / WHOLE_FALL_DB;
    }

    /** The level of a modulation envelope, 0 to 1, all straight; the fall to the sustain level is a share. */
    double share(double seconds) {
        double sounding = Math.min(seconds, heldSeconds);
        double sinceAttack = sounding - delay;
        if (sinceAttack <= 0) {
            return 0;
        }
        double rise = Math.min(1, sinceAttack / attack);
        double fall = Math.min(sustainFall, Math.max(0, sinceAttack - attack - hold) / decay);
        double released = Math.max(0, seconds - heldSeconds) / release;
        return Math.max(0, rise - fall - released);
    }
}
