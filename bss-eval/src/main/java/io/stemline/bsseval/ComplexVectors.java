package io.stemline.bsseval;

/** Elementwise products of complex vectors, as separate real and imaginary parts. */
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

    /** z += x1 y1 + x2 y2: half the traffic for z. */
    static void addProducts(
            double[] ar,
            double[] ai,
            double[] br,
            double[] bi,
            double[] cr,
            double[] ci,
            double[] dr,
            double[] di,
            double[] zr,
            double[] zi) {
        int length = zr.length;
        for (int k = 0; k < length; k++) {
            zr[k] += ar[k] * br[k] - ai[k] * bi[k] + (cr[k] * dr[k] - ci[k] * di[k]);
            zi[k] += ar[k] * bi[k] + ai[k] * br[k] + (cr[k] * di[k] + ci[k] * dr[k]);
        }
    }
}
