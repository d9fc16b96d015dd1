package io.stemline.bsseval;

/**
 * Elementwise products of complex vectors, as separate real and imaginary parts. Each loop reads everything before it
 * writes anything: only then does the compiler turn all of it into vector instructions. Two products at a time save half of
 * the loads and stores of the sum; with more, the compiler gives up. Fused multiply-add, an instruction on all processors of
 * the last decade, halves the arithmetic.
 */
final class ComplexVectors {
    private ComplexVectors() {}

    /** z += x y. */
    static void addProduct(double[] xr, double[] xi, double[] yr, double[] yi, double[] zr, double[] zi) {
        int length = zr.length;
        for (int k = 0; k < length; k++) {
            double a = xr[k];
            double b = xi[k];
            double c = yr[k];
            double d = yi[k];
            double re = Math.fma(a, c, Math.fma(-b, d, zr[k]));
            double im = Math.fma(a, d, Math.fma(b, c, zi[k]));
            zr[k] = re;
            zi[k] = im;
        }
    }

    /** z += x y + u v. */
    static void addProducts(
            double[] xr,
            double[] xi,
            double[] yr,
            double[] yi,
            double[] ur,
            double[] ui,
            double[] vr,
            double[] vi,
            double[] zr,
            double[] zi) {
        int length = zr.length;
        for (int k = 0; k < length; k++) {
            double a = xr[k];
            double b = xi[k];
            double c = yr[k];
            double d = yi[k];
            double e = ur[k];
            double f = ui[k];
            double g = vr[k];
            double h = vi[k];
            double re = Math.fma(e, g, Math.fma(-f, h, Math.fma(a, c, Math.fma(-b, d, zr[k]))));
            double im = Math.fma(e, h, Math.fma(f, g, Math.fma(a, d, Math.fma(b, c, zi[k]))));
            zr[k] = re;
            zi[k] = im;
        }
    }

    /** z += conj(x) y + conj(u) v for the elements {@code from} to {@code to - 1}. */
    static void addConjugateProducts(
            double[] xr,
            double[] xi,
            double[] yr,
            double[] yi,
            double[] ur,
            double[] ui,
            double[] vr,
            double[] vi,
            double[] zr,
            double[] zi,
            int from,
            int to) {
        for (int k = from; k < to; k++) {
            double a = xr[k];
            double b = xi[k];
            double c = yr[k];
            double d = yi[k];
            double e = ur[k];
            double f = ui[k];
            double g = vr[k];
            double h = vi[k];
            double re = Math.fma(e, g, Math.fma(f, h, Math.fma(a, c, Math.fma(b, d, zr[k]))));
            double im = Math.fma(e, h, Math.fma(-f, g, Math.fma(a, d, Math.fma(-b, c, zi[k]))));
            zr[k] = re;
            zi[k] = im;
        }
    }
}
