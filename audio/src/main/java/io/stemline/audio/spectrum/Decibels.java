package io.stemline.audio.spectrum;

/**
 * Levels as decibels and back. A level of nothing would be minus infinity: conversions take a floor that is never
 * undercut.
 */
public final class Decibels {

    private Decibels() {}

    /** {@code 20 log10(amplitude)}, at least the floor. */
    public static double fromAmplitude(double amplitude, double floorDb) {
        return Math.max(floorDb, 20 * Math.log10(Math.abs(amplitude)));
    }

    /** {@code 10 log10(power)}, at least the floor. */
    public static double fromPower(double power, double floorDb) {
        return Math.max(floorDb, 10 * Math.log10(power));
    }

    /** {@code 10^(level / 20)}. */
    public static double toAmplitude(double levelDb) {
        return Math.pow(10, levelDb / 20);
    }

    /** {@code 10^(level / 10)}. */
    public static double toPower(double levelDb) {
        return Math.pow(10, levelDb / 10);
    }
}
