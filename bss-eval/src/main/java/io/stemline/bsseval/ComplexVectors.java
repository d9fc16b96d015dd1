package io.stemline.bsseval;

/**
 * Elementwise products of complex vectors, as separate real and imaginary parts. The loops are as plain as they are because
 * the compiler turns no others into vector instructions.
 */
final class ComplexVectors {
    private ComplexVectors() {}

    /** z += x y. */
    static void addProduct(double[] xr, double[] xi, double[] yr, double[] yi, double[] zr, double[] zi) {
        int length = zr.length;
        for (int k = 0; k < length; k++) {
            zr[k] += xr[k] * yr[k] - xi[k] * yi[k];
            zi[k] += xr[k] * yi[k] + xi[k] * yr[k];
        }
    }

    /** z += conj(x) y for the elements {@code from} to {@code to - 1}. */
    static void addConjugateProduct(
            double[] xr, double[] xi, double[] yr, double[] yi, double[] zr, double[] zi, int from, int to) {
        for (int k = from; k < to; k++) {
            zr[k] += xr[k] * yr[k] + xi[k] * yi[k];
            zi[k] += xr[k] * yi[k] - xi[k] * yr[k];
        }
    }
}
