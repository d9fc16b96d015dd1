package io.stemline.separation.filter;

import java.util.Arrays;
import java.util.List;

/**
 * The multichannel Wiener filter with re-estimated models, as norbert defines it (Uhlich and others, "Improving music source
 * separation based on deep neural networks through data augmentation and network blending", 2017; Nugraha, Liutkus and
 * Vincent, "Multichannel music separation with deep neural networks", 2016).
 *
 * <p>Each iteration learns from the current estimates y of the sources their powers v, for every frame and bin, and their
 * spatial covariances R, for every bin over all frames; then it separates the mixture x anew:
 *
 * <pre>{@code
 * C = sum over sources of v R + sqrt(eps) I
 * y = v R C^-1 x
 * }</pre>
 *
 * <p>norbert divides x and y by m = max(1, max|x| / 10) first. Here eps and its square root are multiplied with m^2
 * instead, which comes to the same.
 *
 * <p>For one or two channels. Spectra are floats, models are doubles. Allocates nothing after its construction; not
 * thread-safe.
 */
public final class WienerFilter {

    /** The regularisation that norbert takes for spectra of floats. */
    public static final double FLOAT_EPS = 0x1p-23;

    private static final double FULL_SCALE = 10;

    private final int bins;
    private final double eps;
    private final SpatialCovariance[] covariances;

    /** Powers of one frame, {@code [source][bin]}. */
    private final double[][] powers;

    /** The mixture's covariance in one frame, {@code [bin]}, then C^-1 x. */
    private final double[] first;

    private final double[] second;
    private final double[] crossRe;
    private final double[] crossIm;

    /**
     * A filter for spectra of one size.
     *
     * @param sources how many sources there are
     * @param eps regularisation, see {@link #FLOAT_EPS}
     */
    public WienerFilter(int bins, int sources, double eps) {
        this.bins = bins;
        this.eps = eps;
        this.covariances = new SpatialCovariance[sources];
        Arrays.setAll(covariances, source -> new SpatialCovariance(bins));
        this.powers = new double[sources][bins];
        this.first = new double[bins];
        this.second = new double[bins];
        this.crossRe = new double[bins];
        this.crossIm = new double[bins];
    }

    /** How the sources are estimated before the first iteration. */
    public enum Start {
        /** Shares of the magnitudes: v / (eps + sum v) x. */
        SOFT_MASK,
        /** The magnitudes, with the mixture's phase. */
        MIXTURE_PHASE
    }

    /**
     * Separates a mixture by the magnitudes of its sources.
     *
     * @param magnitudes of each source, {@code [source][channel][frame * bins + bin]}
     * @param x the mixture, of one or two channels
     * @param frames how many frames there are, all of which count for the spatial covariances
     * @param iterations 0 for the start alone
     * @param y receives the sources
     */
    public void separate(float[][][] magnitudes, Spectra x, int frames, int iterations, Start start, List<Spectra> y) {
        for (int channel = 0; channel < x.channels(); channel++) {
            for (int at = 0; at < frames * bins; at++) {
                estimate(magnitudes, x, channel, at, start, y);
            }
        }
        refine(y, x, frames, iterations);
    }

    private void estimate(float[][][] magnitudes, Spectra x, int channel, int at, Start start, List<Spectra> y) {
        float re = x.re()[channel][at];
        float im = x.im()[channel][at];
        double divisor = start == Start.SOFT_MASK ? eps + sum(magnitudes, channel, at) : Math.hypot(re, im);
        for (int source = 0; source < powers.length; source++) {
            double gain = divisor == 0 ? 0 : magnitudes[source][channel][at] / divisor;
            boolean silent = divisor == 0 && start == Start.MIXTURE_PHASE;
            y.get(source).re()[channel][at] = silent ? magnitudes[source][channel][at] : (float) (gain * re);
            y.get(source).im()[channel][at] = (float) (gain * im);
        }
    }

    private static double sum(float[][][] magnitudes, int channel, int at) {
        double sum = 0;
        for (float[][] source : magnitudes) {
            sum += source[channel][at];
        }
        return sum;
    }

    /**
     * What the sources leave of the mixture's magnitude: max(0, |x| - sum v).
     *
     * @param residual receives it, {@code [channel][frame * bins + bin]}
     */
    public static void residual(float[][][] magnitudes, Spectra x, float[][] residual) {
        for (int channel = 0; channel < x.channels(); channel++) {
            for (int at = 0; at < residual[channel].length; at++) {
                double left = Math.hypot(x.re()[channel][at], x.im()[channel][at]) - sum(magnitudes, channel, at);
                residual[channel][at] = (float) Math.max(0, left);
            }
        }
    }

    /**
     * Re-estimates the sources, starting from estimates that are there.
     *
     * @param y the estimates of the sources, replaced by better ones
     * @param x the mixture, of one or two channels
     * @param frames how many of the first frames there are to filter, all of which count for the spatial covariances
     */
    public void refine(List<Spectra> y, Spectra x, int frames, int iterations) {
        double scale = Math.max(1, largestMagnitude(x, frames) / FULL_SCALE);
        for (int iteration = 0; iteration < iterations; iteration++) {
            for (int source = 0; source < covariances.length; source++) {
                covariances[source].learn(y.get(source), frames, eps * scale * scale);
            }
            for (int frame = 0; frame < frames; frame++) {
                if (x.channels() == 1) {
                    filterMono(y, x, frame * bins, scale * scale);
                } else {
                    filterStereo(y, x, frame * bins, scale * scale);
                }
            }
        }
    }

    private double largestMagnitude(Spectra x, int frames) {
        double largest = 0;
        for (int channel = 0; channel < x.channels(); channel++) {
            float[] re = x.re()[channel];
            float[] im = x.im()[channel];
            for (int at = 0; at < frames * bins; at++) {
                largest = Math.max(largest, (double) re[at] * re[at] + (double) im[at] * im[at]);
            }
        }
        return Math.sqrt(largest);
    }

    private void filterMono(List<Spectra> y, Spectra x, int from, double squaredScale) {
        // norbert regularises the inverse of one channel once more.
        Arrays.fill(first, (Math.sqrt(eps) + eps) * squaredScale);
        for (int source = 0; source < powers.length; source++) {
            powersOf(y.get(source), from, powers[source]);
            addProduct(powers[source], covariances[source].first, first);
        }
        for (int source = 0; source < powers.length; source++) {
            double[] power = powers[source];
            double[] variance = covariances[source].first;
            float[] re = y.get(source).re()[0];
            float[] im = y.get(source).im()[0];
            for (int bin = 0; bin < bins; bin++) {
                double gain = power[bin] * variance[bin] / first[bin];
                re[from + bin] = (float) (gain * x.re()[0][from + bin]);
                im[from + bin] = (float) (gain * x.im()[0][from + bin]);
            }
        }
    }

    private void filterStereo(List<Spectra> y, Spectra x, int from, double squaredScale) {
        mixModel(y, from, Math.sqrt(eps) * squaredScale);
        solve(x, from);
        for (int source = 0; source < powers.length; source++) {
            apply(powers[source], covariances[source], y.get(source), from);
        }
    }

    private void mixModel(List<Spectra> y, int from, double regularisation) {
        Arrays.fill(first, regularisation);
        Arrays.fill(second, regularisation);
        Arrays.fill(crossRe, 0);
        Arrays.fill(crossIm, 0);
        for (int source = 0; source < powers.length; source++) {
            powersOf(y.get(source), from, powers[source]);
            addProduct(powers[source], covariances[source].first, first);
            addProduct(powers[source], covariances[source].second, second);
            addProduct(powers[source], covariances[source].crossRe, crossRe);
            addProduct(powers[source], covariances[source].crossIm, crossIm);
        }
    }

    /** The mean over channels of squared magnitudes in one frame. */
    private void powersOf(Spectra y, int from, double[] power) {
        Arrays.fill(power, 0);
        double share = 1.0 / y.channels();
        for (int channel = 0; channel < y.channels(); channel++) {
            float[] re = y.re()[channel];
            float[] im = y.im()[channel];
            for (int bin = 0; bin < bins; bin++) {
                double a = re[from + bin];
                double b = im[from + bin];
                power[bin] += share * (a * a + b * b);
            }
        }
    }

    private void addProduct(double[] power, double[] covariance, double[] sum) {
        for (int bin = 0; bin < bins; bin++) {
            sum[bin] += power[bin] * covariance[bin];
        }
    }

    /** Puts C^-1 x in the place of C: the first channel into first and second, the second into crossRe and crossIm. */
    private void solve(Spectra x, int from) {
        float[] re0 = x.re()[0];
        float[] im0 = x.im()[0];
        float[] re1 = x.re()[1];
        float[] im1 = x.im()[1];
        for (int bin = 0; bin < bins; bin++) {
            double c00 = first[bin];
            double c11 = second[bin];
            double re = crossRe[bin];
            double im = crossIm[bin];
            double inverse = 1 / (c00 * c11 - re * re - im * im);
            double a = re0[from + bin];
            double b = im0[from + bin];
            double c = re1[from + bin];
            double d = im1[from + bin];
            first[bin] = inverse * (c11 * a - (re * c - im * d));
            second[bin] = inverse * (c11 * b - (re * d + im * c));
            crossRe[bin] = inverse * (c00 * c - (re * a + im * b));
            crossIm[bin] = inverse * (c00 * d - (re * b - im * a));
        }
    }

    private void apply(double[] power, SpatialCovariance covariance, Spectra y, int from) {
        float[] re0 = y.re()[0];
        float[] im0 = y.im()[0];
        float[] re1 = y.re()[1];
        float[] im1 = y.im()[1];
        for (int bin = 0; bin < bins; bin++) {
            double v = power[bin];
            double r00 = covariance.first[bin];
            double r11 = covariance.second[bin];
            double re = covariance.crossRe[bin];
            double im = covariance.crossIm[bin];
            double a = first[bin];
            double b = second[bin];
            double c = crossRe[bin];
            double d = crossIm[bin];
            re0[from + bin] = (float) (v * (r00 * a + re * c - im * d));
            im0[from + bin] = (float) (v * (r00 * b + re * d + im * c));
            re1[from + bin] = (float) (v * (re * a + im * b + r11 * c));
            im1[from + bin] = (float) (v * (re * b - im * a + r11 * d));
        }
    }
}
