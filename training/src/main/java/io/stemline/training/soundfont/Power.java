package io.stemline.training.soundfont;

/** Powers of two for what is computed every few frames: to seven digits, alike on every machine, many times faster. */
final class Power {
    private static final double LN_2 = 0.6931471805599453;

    private Power() {}

    /** 2 to the power of an exponent from -1000 to 1000. */
    static double ofTwo(double exponent) {
        int whole = (int) Math.rint(exponent);
        double x = (exponent - whole) * LN_2;
        double series = 1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6 * (1 + x / 7))))));
        return Double.longBitsToDouble((1023L + whole) << 52) * series;
    }
}
