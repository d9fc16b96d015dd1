package io.stemline.separation.filter;

import java.util.Arrays;

/**
 * The spatial covariance matrices of one source, one for every bin: R = sum y y^H / (eps + sum v), where v is the mean
 * over channels of |y|^2 (the local Gaussian model of Duong, Vincent and Gribonval, "Under-determined reverberant audio
 * source separation using a full-rank spatial covariance model", 2010, with the weighting of Nugraha, Liutkus and Vincent,
 * 2016). Hermitian, so a matrix for two channels is two real numbers and a complex one.
 */
final class SpatialCovariance {

    /** Variance of the first channel, {@code [bin]}. */
    final double[] first;

    /** Variance of the second channel; of no meaning for one channel. */
    final double[] second;

    /** Covariance of the first with the second channel, real part. */
    final double[] crossRe;

    /** Covariance of the first with the second channel, imaginary part. */
    final double[] crossIm;

    private final int bins;
    private final double[] weight;

    SpatialCovariance(int bins) {
        this.bins = bins;
        this.first = new double[bins];
        this.second = new double[bins];
        this.crossRe = new double[bins];
        this.crossIm = new double[bins];
        this.weight = new double[bins];
    }

    /** Learns the matrices from the first frames of a source's spectra. */
    void learn(Spectra y, int frames, double eps) {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        Arrays.fill(crossRe, 0);
        Arrays.fill(crossIm, 0);
        for (int frame = 0; frame < frames; frame++) {
            if (y.channels() == 1) {
                addMono(y, frame * bins);
            } else {
                addStereo(y, frame * bins);
            }
        }
        for (int bin = 0; bin < bins; bin++) {
            double power = (first[bin] + second[bin]) / y.channels();
            weight[bin] = 1 / (eps + power);
        }
        scale(first);
        scale(second);
        scale(crossRe);
        scale(crossIm);
    }

    private void scale(double[] values) {
        for (int bin = 0; bin < bins; bin++) {
            values[bin] *= weight[bin];
        }
    }

    private void addMono(Spectra y, int from) {
        float[] re = y.re()[0];
        float[] im = y.im()[0];
        for (int bin = 0; bin < bins; bin++) {
            double a = re[from + bin];
            double b = im[from + bin];
            first[bin] += a * a + b * b;
        }
    }

    private void addStereo(Spectra y, int from) {
        float[] re0 = y.re()[0];
        float[] im0 = y.im()[0];
        float[] re1 = y.re()[1];
        float[] im1 = y.im()[1];
        for (int bin = 0; bin < bins; bin++) {
            double a = re0[from + bin];
            double b = im0[from + bin];
            double c = re1[from + bin];
            double d = im1[from + bin];
            first[bin] += a * a + b * b;
            second[bin] += c * c + d * d;
            crossRe[bin] += a * c + b * d;
            crossIm[bin] += b * c - a * d;
        }
    }
}
