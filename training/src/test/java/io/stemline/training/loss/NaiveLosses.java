package io.stemline.training.loss;

import static io.stemline.training.loss.Quantity.EMBEDDING;
import static io.stemline.training.loss.Quantity.ESTIMATE;
import static io.stemline.training.loss.Quantity.ESTIMATE_WAVEFORM;
import static io.stemline.training.loss.Quantity.LATENT_LOG_SIGMA;
import static io.stemline.training.loss.Quantity.LATENT_MEAN;
import static io.stemline.training.loss.Quantity.MASK;
import static io.stemline.training.loss.Quantity.MIXTURE;
import static io.stemline.training.loss.Quantity.PROJECTED_TARGET;
import static io.stemline.training.loss.Quantity.TARGET;
import static io.stemline.training.loss.Quantity.TARGET_WAVEFORM;
import static io.stemline.training.loss.Scene.BATCH;
import static io.stemline.training.loss.Scene.BINS;
import static io.stemline.training.loss.Scene.CHANNELS;
import static io.stemline.training.loss.Scene.DIMENSIONS;
import static io.stemline.training.loss.Scene.FRAMES;
import static io.stemline.training.loss.Scene.OUTPUTS;
import static io.stemline.training.loss.Scene.SAMPLES;
import static io.stemline.training.loss.Scene.STEMS;

import java.util.Arrays;
import java.util.Map;

/** The losses as their papers write them, in double precision, with loops and without guards against silence. */
final class NaiveLosses {
    private NaiveLosses() {}

    /** A loss of all quantities, flat. */
    interface Naive {
        double of(Map<Quantity, double[]> x);
    }

    static double absolute(Map<Quantity, double[]> x) {
        double level = 0;
        for (double magnitude : x.get(MIXTURE)) {
            level += magnitude / x.get(MIXTURE).length;
        }
        return difference(x, 1, ESTIMATE, PROJECTED_TARGET) / level;
    }

    static double decibel(Map<Quantity, double[]> x) {
        double sum = 0;
        for (int b = 0; b < BATCH; b++) {
            double energy = 0;
            for (int i = 0; i < FRAMES * BINS * CHANNELS; i++) {
                energy += Math.pow(x.get(MIXTURE)[b * FRAMES * BINS * CHANNELS + i], 2) / (FRAMES * BINS * CHANNELS);
            }
            for (int o = 0; o < OUTPUTS; o++) {
                double error = 0;
                for (int i = 0; i < FRAMES * BINS; i++) {
                    int at = (b * FRAMES * BINS + i) * OUTPUTS + o;
                    error += Math.pow(x.get(ESTIMATE)[at] - x.get(PROJECTED_TARGET)[at], 2) / (FRAMES * BINS);
                }
                sum += Math.log10(error / energy + 0.002);
            }
        }
        return sum / (BATCH * OUTPUTS);
    }

    /** The mean of absolute differences to a power; pairs of estimate and target. */
    static double difference(Map<Quantity, double[]> x, double power, Quantity... pairs) {
        double sum = 0;
        int count = 0;
        for (int pair = 0; pair < pairs.length; pair += 2) {
            double[] estimate = x.get(pairs[pair]);
            double[] target = x.get(pairs[pair + 1]);
            for (int i = 0; i < estimate.length; i++) {
                sum += Math.pow(Math.abs(estimate[i] - target[i]), power);
                count++;
            }
        }
        return sum / count;
    }

    static double mask(Map<Quantity, double[]> x, boolean binary) {
        double sum = 0;
        for (int i = 0; i < x.get(MASK).length; i++) {
            double ratio = x.get(TARGET)[i] / mixtureAt(x, i);
            double ideal = binary ? (ratio > 0.5 ? 1 : 0) : Math.min(1, ratio);
            sum += Math.pow(x.get(MASK)[i] - ideal, 2);
        }
        return sum / x.get(MASK).length;
    }

    static double component(Map<Quantity, double[]> x, double alpha, double beta) {
        double sum = 0;
        for (int frame = 0; frame < BATCH * FRAMES; frame++) {
            for (int o = 0; o < OUTPUTS; o++) {
                double[] residual = new double[BINS];
                double[] left = new double[BINS];
                for (int bin = 0; bin < BINS; bin++) {
                    int at = (frame * BINS + bin) * OUTPUTS + o;
                    double s = x.get(TARGET)[at];
                    double m = x.get(MASK)[at];
                    residual[bin] = mixtureAt(x, at) - s;
                    left[bin] = m * residual[bin];
                    sum += (1 - alpha - beta) * Math.pow(m * s - s, 2) + alpha * Math.pow(left[bin], 2);
                }
                for (int bin = 0; bin < BINS; bin++) {
                    sum += beta * Math.pow(left[bin] / norm(left) - residual[bin] / norm(residual), 2);
                }
            }
        }
        return sum / x.get(MASK).length;
    }

    static double kl(Map<Quantity, double[]> x) {
        double sum = 0;
        int count = x.get(LATENT_MEAN).length;
        for (int i = 0; i < count; i++) {
            double sigma = Math.exp(x.get(LATENT_LOG_SIGMA)[i]);
            sum += Math.pow(x.get(LATENT_MEAN)[i], 2) + sigma * sigma - Math.log(sigma * sigma) - 1;
        }
        return sum / count / 2;
    }

    static double siSdr(Map<Quantity, double[]> x) {
        double sum = 0;
        for (int row = 0; row < BATCH * OUTPUTS; row++) {
            double[] e = row(x.get(ESTIMATE_WAVEFORM), row);
            double[] s = row(x.get(TARGET_WAVEFORM), row);
            double gain = product(e, s) / product(s, s);
            double distortion = 0;
            for (int n = 0; n < SAMPLES; n++) {
                distortion += Math.pow(gain * s[n] - e[n], 2);
            }
            sum -= 10 * Math.log10(gain * gain * product(s, s) / distortion);
        }
        return sum / (BATCH * OUTPUTS);
    }

    static double snr(Map<Quantity, double[]> x, double limitDb) {
        double sum = 0;
        for (int row = 0; row < BATCH * OUTPUTS; row++) {
            double[] e = row(x.get(ESTIMATE_WAVEFORM), row);
            double[] s = row(x.get(TARGET_WAVEFORM), row);
            double noise = Math.pow(10, -limitDb / 10) * product(s, s);
            for (int n = 0; n < SAMPLES; n++) {
                noise += Math.pow(s[n] - e[n], 2);
            }
            sum -= 10 * Math.log10(product(s, s) / noise);
        }
        return sum / (BATCH * OUTPUTS);
    }

    static double spectral(Map<Quantity, double[]> x, int fft, int window, int hop) {
        double differences = 0;
        double energy = 0;
        double logarithms = 0;
        int count = 0;
        for (int row = 0; row < BATCH * OUTPUTS; row++) {
            double[] e = row(x.get(ESTIMATE_WAVEFORM), row);
            double[] s = row(x.get(TARGET_WAVEFORM), row);
            for (int start = 0; start + window <= SAMPLES; start += hop) {
                for (int k = 0; k <= fft / 2; k++) {
                    double estimate = magnitude(e, start, window, k, fft);
                    double target = magnitude(s, start, window, k, fft);
                    differences += Math.pow(target - estimate, 2);
                    energy += target * target;
                    logarithms += Math.abs(Math.log(target) - Math.log(estimate));
                    count++;
                }
            }
        }
        return Math.sqrt(differences) / Math.sqrt(energy) + logarithms / count;
    }

    /** Over all pairs of bins. */
    static double deepClustering(Map<Quantity, double[]> x, boolean byMagnitude) {
        int bins = FRAMES * BINS;
        double sum = 0;
        for (int b = 0; b < BATCH; b++) {
            double[] w = new double[bins];
            double whole = 0;
            for (int i = 0; i < bins; i++) {
                int at = (b * bins + i) * CHANNELS;
                w[i] = byMagnitude ? x.get(MIXTURE)[at] + x.get(MIXTURE)[at + 1] : 1;
                whole += w[i];
            }
            for (int i = 0; i < bins; i++) {
                for (int j = 0; j < bins; j++) {
                    double together = 0;
                    for (int d = 0; d < DIMENSIONS; d++) {
                        together += x.get(EMBEDDING)[(b * bins + i) * DIMENSIONS + d]
                                * x.get(EMBEDDING)[(b * bins + j) * DIMENSIONS + d];
                    }
                    double same = loudest(x, b * bins + i) == loudest(x, b * bins + j) ? 1 : 0;
                    sum += w[i] / whole * w[j] / whole * Math.pow(together - same, 2);
                }
            }
        }
        return sum / BATCH;
    }

    private static int loudest(Map<Quantity, double[]> x, int bin) {
        int loudest = 0;
        double highest = -1;
        for (int stem = 0; stem < STEMS; stem++) {
            double power = 0;
            for (int channel = 0; channel < CHANNELS; channel++) {
                power += Math.pow(x.get(TARGET)[bin * OUTPUTS + stem * CHANNELS + channel], 2);
            }
            if (power > highest) {
                highest = power;
                loudest = stem;
            }
        }
        return loudest;
    }

    private static double magnitude(double[] x, int start, int window, int k, int fft) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < window; n++) {
            double weighted = x[start + n] * (0.5 - 0.5 * Math.cos(2 * Math.PI * n / window));
            re += weighted * Math.cos(2 * Math.PI * k * n / fft);
            im -= weighted * Math.sin(2 * Math.PI * k * n / fft);
        }
        return Math.hypot(re, im);
    }

    private static double mixtureAt(Map<Quantity, double[]> x, int at) {
        return x.get(MIXTURE)[at / OUTPUTS * CHANNELS + at % CHANNELS];
    }

    private static double[] row(double[] waveforms, int row) {
        return Arrays.copyOfRange(waveforms, row * SAMPLES, (row + 1) * SAMPLES);
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int n = 0; n < a.length; n++) {
            sum += a[n] * b[n];
        }
        return sum;
    }

    private static double norm(double[] x) {
        return Math.sqrt(product(x, x));
    }
}
