package io.stemline.bsseval;

/** Inner products of blocks of samples. Four partial sums keep the additions from waiting for each other. */
final class InnerProducts {
    private InnerProducts() {}

    static double sum(double[] x, int frames) {
        double sum = 0;
        for (int n = 0; n < frames; n++) {
            sum += x[n];
        }
        return sum;
    }

    static double of(double[] x, double[] y, int frames) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int fours = frames & -4; // a bound that makes the loop a counted one for the compiler
        for (int n = 0; n < fours; n += 4) {
            a += x[n] * y[n];
            b += x[n + 1] * y[n + 1];
            c += x[n + 2] * y[n + 2];
            d += x[n + 3] * y[n + 3];
        }
        for (int n = fours; n < frames; n++) {
            a += x[n] * y[n];
        }
        return (a + b) + (c + d);
    }

    static double squaredNorm(double[] x, int frames) {
        return of(x, x, frames);
    }

    static double squaredDistance(double[] x, double[] y, int frames) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int fours = frames & -4; // a bound that makes the loop a counted one for the compiler
        for (int n = 0; n < fours; n += 4) {
            double u = x[n] - y[n];
            double v = x[n + 1] - y[n + 1];
            double w = x[n + 2] - y[n + 2];
            double z = x[n + 3] - y[n + 3];
            a += u * u;
            b += v * v;
            c += w * w;
            d += z * z;
        }
        for (int n = fours; n < frames; n++) {
            double u = x[n] - y[n];
            a += u * u;
        }
        return (a + b) + (c + d);
    }
}
