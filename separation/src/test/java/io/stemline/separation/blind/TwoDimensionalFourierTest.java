package io.stemline.separation.blind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoDimensionalFourierTest {

    private static final int FRAMES = 61;
    private static final int BINS = 9;
    private static final double EPSILON = 1e-7;

    /** Against the whole plane, transformed by the definition, with its axes shifted so that zero is in the middle. */
    @Test
    void theMaskIsThatOfThePeaksOfThePlainTransform() {
        // Given
        var random = new Random(9);
        var magnitudes = new float[1][FRAMES * BINS];
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int bin = 0; bin < BINS; bin++) {
                magnitudes[0][frame * BINS + bin] = random.nextFloat() + (frame % 7 == bin % 3 ? 3 : 0);
            }
        }
        var mask = new float[1][FRAMES * BINS];

        // When
        new TwoDimensionalFourier(80, BINS, 2)
                .compute(new SegmentSpectrum(magnitudes, new float[1][0], new float[1][0], FRAMES, BINS), mask);

        // Then
        double[][] expected = backgroundMask(magnitudes[0]);
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int bin = 0; bin < BINS; bin++) {
                double voice = bin < 2 ? 0 : 1 - expected[bin][frame];
                assertThat(mask[0][frame * BINS + bin]).isCloseTo((float) voice, within(1e-4f));
            }
        }
    }

    private static double[][] backgroundMask(float[] magnitudes) {
        double[][] re = new double[BINS][FRAMES];
        double[][] im = new double[BINS][FRAMES];
        for (int bin = 0; bin < BINS; bin++) {
            for (int frame = 0; frame < FRAMES; frame++) {
                re[bin][frame] = magnitudes[frame * BINS + bin];
            }
        }
        double[][][] transform = transform(re, im, -1);
        double[][] weights = weights(transform);
        for (int scale = 0; scale < BINS; scale++) {
            for (int rate = 0; rate < FRAMES; rate++) {
                transform[0][scale][rate] *= weights[scale][rate];
                transform[1][scale][rate] *= weights[scale][rate];
            }
        }
        double[][][] background = transform(transform[0], transform[1], 1);
        double[][] mask = new double[BINS][FRAMES];
        double largest = 0;
        for (int bin = 0; bin < BINS; bin++) {
            for (int frame = 0; frame < FRAMES; frame++) {
                double height = magnitudes[frame * BINS + bin] + EPSILON;
                double real = background[0][bin][frame];
                double repeating = Math.hypot(real, background[1][bin][frame]) / (BINS * FRAMES);
                mask[bin][frame] = Math.min(repeating, height) / height;
                largest = Math.max(largest, mask[bin][frame]);
            }
        }
        for (double[] row : mask) {
            for (int frame = 0; frame < FRAMES; frame++) {
                row[frame] /= largest + EPSILON;
            }
        }
        return mask;
    }

    /** Peaks' weights in the shifted plane, the largest of those of a place and of its images left to right and top to bottom. */
    private static double[][] weights(double[][][] transform) {
        double[][] heights = new double[BINS][FRAMES];
        double largest = 0;
        for (int scale = 0; scale < BINS; scale++) {
            for (int rate = 0; rate < FRAMES; rate++) {
                double height = Math.hypot(transform[0][scale][rate], transform[1][scale][rate]);
                heights[(scale + BINS / 2) % BINS][(rate + FRAMES / 2) % FRAMES] = height;
                largest = Math.max(largest, height);
            }
        }
        double[][] peaks = new double[BINS][FRAMES];
        double heaviest = 0;
        for (int row = 0; row < BINS; row++) {
            for (int column = 0; column < FRAMES; column++) {
                peaks[row][column] = prominence(heights[row], column, largest + EPSILON);
                heaviest = Math.max(heaviest, peaks[row][column]);
            }
        }
        double[][] weights = new double[BINS][FRAMES];
        for (int row = 0; row < BINS; row++) {
            for (int column = 0; column < FRAMES; column++) {
                double weight = Math.max(
                        peaks[row][column], Math.max(peaks[row][FRAMES - 1 - column], peaks[BINS - 1 - row][column]));
                weights[(row + BINS - BINS / 2) % BINS][(column + FRAMES - FRAMES / 2) % FRAMES] =
                        weight / (heaviest + EPSILON);
            }
        }
        return weights;
    }

    private static double prominence(double[] heights, int centre, double scale) {
        double sum = 0;
        double squares = 0;
        double highest = 0;
        for (int n = centre - 12; n <= centre + 12; n++) {
            int at = n < 0 ? -1 - n : n >= FRAMES ? 2 * FRAMES - 1 - n : n;
            double height = heights[at] / scale;
            sum += height;
            squares += height * height;
            highest = Math.max(highest, height);
        }
        double mean = sum / 25;
        double deviation = Math.sqrt(squares / 25 - mean * mean);
        return heights[centre] / scale == highest ? (highest - mean) / (deviation + EPSILON) : 0;
    }

    private static double[][][] transform(double[][] re, double[][] im, int sign) {
        double[][][] result = new double[2][BINS][FRAMES];
        for (int k = 0; k < BINS; k++) {
            for (int l = 0; l < FRAMES; l++) {
                for (int bin = 0; bin < BINS; bin++) {
                    for (int frame = 0; frame < FRAMES; frame++) {
                        double phase = sign * 2 * Math.PI * ((double) k * bin / BINS + (double) l * frame / FRAMES);
                        double cos = Math.cos(phase);
                        double sin = Math.sin(phase);
                        result[0][k][l] += re[bin][frame] * cos - im[bin][frame] * sin;
                        result[1][k][l] += re[bin][frame] * sin + im[bin][frame] * cos;
                    }
                }
            }
        }
        return result;
    }
}
