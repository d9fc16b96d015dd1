package io.stemline.audio.spectrum;

/**
 * Pitch as it is heard: equal steps in mel sound equally far apart.
 */
public final class MelScale {

    private static final double SLANEY_HZ_PER_MEL = 200.0 / 3;
    private static final double SLANEY_KNEE_HZ = 1000;
    private static final double SLANEY_KNEE_MEL = SLANEY_KNEE_HZ / SLANEY_HZ_PER_MEL;
    private static final double SLANEY_LOG_STEP = Math.log(6.4) / 27;

    private static final MelScale SLANEY = new MelScale(true);
    private static final MelScale HTK = new MelScale(false);

    private final boolean slaney;

    private MelScale(boolean slaney) {
        this.slaney = slaney;
    }

    /**
     * Linear up to 1 kHz at 200/3 Hz a mel, above that 27 mel for every factor of 6.4 (Slaney, "Auditory Toolbox",
     * Interval Research technical report 1998-010, function {@code mfcc}).
     */
    public static MelScale slaney() {
        return SLANEY;
    }

    /** {@code 2595 log10(1 + f / 700)} (O'Shaughnessy 1987; Young et al., "The HTK Book", section 5.4). */
    public static MelScale htk() {
        return HTK;
    }

    public double fromHz(double frequencyHz) {
        if (!slaney) {
            return 2595 * Math.log10(1 + frequencyHz / 700);
        }
        return frequencyHz < SLANEY_KNEE_HZ
                ? frequencyHz / SLANEY_HZ_PER_MEL
                : SLANEY_KNEE_MEL + Math.log(frequencyHz / SLANEY_KNEE_HZ) / SLANEY_LOG_STEP;
    }

    public double toHz(double mel) {
        if (!slaney) {
            return 700 * (Math.pow(10, mel / 2595) - 1);
        }
        return mel < SLANEY_KNEE_MEL
                ? mel * SLANEY_HZ_PER_MEL
                : SLANEY_KNEE_HZ * Math.exp(SLANEY_LOG_STEP * (mel - SLANEY_KNEE_MEL));
    }

    @Override
    public String toString() {
        return slaney ? "Slaney mel" : "HTK mel";
    }
}
