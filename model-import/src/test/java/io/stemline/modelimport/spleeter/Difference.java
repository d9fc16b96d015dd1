package io.stemline.modelimport.spleeter;

/** How far two signals are apart. */
final class Difference {

    private Difference() {}

    /** The largest difference of two samples, {@code [channel][frame]}. */
    static double largest(float[][] one, float[][] other) {
        if (one.length != other.length || one[0].length != other[0].length) {
            throw new AssertionError("%d channels of %d samples beside %d of %d"
                    .formatted(one.length, one[0].length, other.length, other[0].length));
        }
        double largest = 0;
        for (int channel = 0; channel < one.length; channel++) {
            for (int n = 0; n < one[channel].length; n++) {
                largest = Math.max(largest, Math.abs((double) one[channel][n] - other[channel][n]));
            }
        }
        return largest;
    }
}
