package io.stemline.bsseval;

/** Ratios of energies in dB. */
final class Decibels {
    private Decibels() {}

    /** 10 log10(numerator / denominator); +infinity where the denominator is zero, as in BSS Eval's original programs. */
    static double ratio(double numerator, double denominator) {
        return denominator == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(numerator / denominator);
    }

    static double[] differences(double[] a, double[] b) {
        var differences = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            differences[j] = a[j] - b[j];
        }
        return differences;
    }
}
