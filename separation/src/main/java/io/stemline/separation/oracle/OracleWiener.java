package io.stemline.separation.oracle;

/**
 * The multichannel Wiener filter of sigsep-mus-oracle (Duong, Vincent and Gribonval, "Under-determined reverberant audio
 * source separation using a full-rank spatial covariance model", 2010), for one or two channels:
 *
 * <ol>
 *   <li>over the whole track, R_j is the mean of y_j y_j^H / (eps + mean over channels of |y_j|^2), scaled to a trace of as
 *       many as there are channels, plus a small multiple of the identity;
 *   <li>in each frame, p_j = y_j^H R_j^-1 y_j / channels, and the estimate is p_j R_j (sum p_k R_k)^-1 x.
 * </ol>
 *
 * <p>A channel alone gives the ideal ratio mask of powers. The multiple of the identity is {@value #REGULARISATION}; with the
 * precision of doubles, which sigsep-mus-oracle takes, figures of mono sources would be made of rounding errors.
 */
final class OracleWiener implements OracleFilter {

    private static final double REGULARISATION = 1e-6;
    private static final double EPS = Math.ulp(1.0);
    private static final double NOTHING = 1e-30;

    private final int sources;
    private final int channels;
    private final int bins;

    /** {@code [source][bin]}: R_j while and after learning; second and cross are 0 for one channel. */
    private final double[][] first;

    private final double[][] second;
    private final double[][] crossRe;
    private final double[][] crossIm;
    private final double[] powers;

    OracleWiener(int sources, int channels, int bins) {
        this.sources = sources;
        this.channels = channels;
        this.bins = bins;
        this.first = new double[sources][bins];
        this.second = new double[sources][bins];
        this.crossRe = new double[sources][bins];
        this.crossIm = new double[sources][bins];
        this.powers = new double[sources];
    }

    /** Learns of one more frame. */
    void learn(OracleFrame frame) {
        int last = channels - 1;
        for (int source = 0; source < sources; source++) {
            for (int bin = 0; bin < bins; bin++) {
                double a = frame.sourcesRe()[source][0][bin];
                double b = frame.sourcesIm()[source][0][bin];
                double c = last == 0 ? 0 : frame.sourcesRe()[source][last][bin];
                double d = last == 0 ? 0 : frame.sourcesIm()[source][last][bin];
                double one = a * a + b * b;
                double other = c * c + d * d;
                double weight = 1 / (EPS + (one + other) / channels);
                first[source][bin] += weight * one;
                second[source][bin] += weight * other;
                crossRe[source][bin] += weight * (a * c + b * d);
                crossIm[source][bin] += weight * (b * c - a * d);
            }
        }
    }

    /** Ends the learning. */
    void finish() {
        for (int source = 0; source < sources; source++) {
            for (int bin = 0; bin < bins; bin++) {
                double trace = first[source][bin] + second[source][bin];
                double scale = trace > 0 ? channels / trace : 0;
                first[source][bin] = first[source][bin] * scale + REGULARISATION;
                second[source][bin] = second[source][bin] * scale + (channels == 1 ? 0 : REGULARISATION);
                crossRe[source][bin] *= scale;
                crossIm[source][bin] *= scale;
            }
        }
    }

    @Override
    public void apply(OracleFrame frame, float[][][] re, float[][][] im) {
        for (int bin = 0; bin < bins; bin++) {
            if (channels == 1) {
                applyMono(frame, bin, re, im);
            } else {
                applyStereo(frame, bin, re, im);
            }
        }
    }

    private void applyMono(OracleFrame frame, int bin, float[][][] re, float[][][] im) {
        double all = EPS;
        for (int source = 0; source < sources; source++) {
            double a = frame.sourcesRe()[source][0][bin];
            double b = frame.sourcesIm()[source][0][bin];
            powers[source] = a * a + b * b;
            all += powers[source];
        }
        for (int source = 0; source < sources; source++) {
            double gain = powers[source] / all;
            re[source][0][bin] = (float) (gain * frame.mixtureRe()[0][bin]);
            im[source][0][bin] = (float) (gain * frame.mixtureIm()[0][bin]);
        }
    }

    private void applyStereo(OracleFrame frame, int bin, float[][][] re, float[][][] im) {
        double c00 = 0;
        double c11 = 0;
        double cRe = 0;
        double cIm = 0;
        for (int source = 0; source < sources; source++) {
            powers[source] = power(frame, source, bin);
            c00 += powers[source] * first[source][bin];
            c11 += powers[source] * second[source][bin];
            cRe += powers[source] * crossRe[source][bin];
            cIm += powers[source] * crossIm[source][bin];
        }
        double determinant = c00 * c11 - cRe * cRe - cIm * cIm;
        double inverse = determinant < NOTHING ? 0 : 1 / determinant;
        double a = frame.mixtureRe()[0][bin];
        double b = frame.mixtureIm()[0][bin];
        double c = frame.mixtureRe()[1][bin];
        double d = frame.mixtureIm()[1][bin];
        double u0Re = inverse * (c11 * a - (cRe * c - cIm * d));
        double u0Im = inverse * (c11 * b - (cRe * d + cIm * c));
        double u1Re = inverse * (c00 * c - (cRe * a + cIm * b));
        double u1Im = inverse * (c00 * d - (cRe * b - cIm * a));
        for (int source = 0; source < sources; source++) {
            double p = powers[source];
            double r = crossRe[source][bin];
            double i = crossIm[source][bin];
            re[source][0][bin] = (float) (p * (first[source][bin] * u0Re + r * u1Re - i * u1Im));
            im[source][0][bin] = (float) (p * (first[source][bin] * u0Im + r * u1Im + i * u1Re));
            re[source][1][bin] = (float) (p * (r * u0Re + i * u0Im + second[source][bin] * u1Re));
            im[source][1][bin] = (float) (p * (r * u0Im - i * u0Re + second[source][bin] * u1Im));
        }
    }

    /** y^H R^-1 y / 2. */
    private double power(OracleFrame frame, int source, int bin) {
        double a = frame.sourcesRe()[source][0][bin];
        double b = frame.sourcesIm()[source][0][bin];
        double c = frame.sourcesRe()[source][1][bin];
        double d = frame.sourcesIm()[source][1][bin];
        double r = crossRe[source][bin];
        double i = crossIm[source][bin];
        double determinant = first[source][bin] * second[source][bin] - r * r - i * i;
        double straight = second[source][bin] * (a * a + b * b) + first[source][bin] * (c * c + d * d);
        double crossed = r * (a * c + b * d) + i * (b * c - a * d);
        return Math.max(0, (straight - 2 * crossed) / (2 * determinant));
    }
}
