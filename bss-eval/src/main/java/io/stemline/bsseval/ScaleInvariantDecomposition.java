package io.stemline.bsseval;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** The passes of {@link ScaleInvariant} over the channels {@code from} to {@code to - 1}. */
final class ScaleInvariantDecomposition {
    private static final int BLOCK_FRAMES = 8192;

    private final Inputs inputs;
    private final int from;
    private final int to;
    private final int sources;
    private final double[][][] s; // [source][channel][frame] of one block
    private final double[][][] e; // [source][channel][frame] of one block
    private final double[] meanOfReference; // [source]
    private final double[] meanOfEstimate; // [source]
    private final double[][] gram; // <s_i, s_j>, [source][source]
    private final double[][] cross; // <s_i, e_j>, [estimate][source]

    private ScaleInvariantDecomposition(Inputs inputs, int from, int to) {
        this.inputs = inputs;
        this.from = from;
        this.to = to;
        this.sources = inputs.sources();
        this.s = new double[sources][inputs.channels()][BLOCK_FRAMES];
        this.e = new double[sources][inputs.channels()][BLOCK_FRAMES];
        this.meanOfReference = new double[sources];
        this.meanOfEstimate = new double[sources];
        this.gram = new double[sources][sources];
        this.cross = new double[sources][sources];
    }

    static ScaleInvariantScores of(Inputs inputs, int from, int to, Mean mean) {
        var decomposition = new ScaleInvariantDecomposition(inputs, from, to);
        if (mean == Mean.REMOVED) {
            decomposition.measureMeans();
        }
        decomposition.measureInnerProducts();
        return decomposition.measureResiduals();
    }

    private void measureMeans() {
        var sumOfReference = new double[sources];
        var sumOfEstimate = new double[sources];
        forEachBlock(frames -> {
            for (int j = 0; j < sources; j++) {
                for (int c = from; c < to; c++) {
                    sumOfReference[j] += InnerProducts.sum(s[j][c], frames);
                    sumOfEstimate[j] += InnerProducts.sum(e[j][c], frames);
                }
            }
        });
        double samples = (double) inputs.lengthFrames() * (to - from);
        for (int j = 0; j < sources; j++) {
            meanOfReference[j] = sumOfReference[j] / samples;
            meanOfEstimate[j] = sumOfEstimate[j] / samples;
        }
    }

    private void measureInnerProducts() {
        var energyOfEstimate = new double[sources];
        forEachBlock(frames -> {
            for (int c = from; c < to; c++) {
                for (int j = 0; j < sources; j++) {
                    for (int i = 0; i < sources; i++) {
                        cross[j][i] += InnerProducts.of(s[i][c], e[j][c], frames);
                    }
                    for (int i = 0; i <= j; i++) {
                        gram[j][i] += InnerProducts.of(s[i][c], s[j][c], frames);
                        gram[i][j] = gram[j][i];
                    }
                    energyOfEstimate[j] += InnerProducts.squaredNorm(e[j][c], frames);
                }
            }
        });
        for (int j = 0; j < sources; j++) {
            if (gram[j][j] == 0) {
                throw Inputs.silent(inputs.referenceTitle(j));
            }
            if (energyOfEstimate[j] == 0) {
                throw Inputs.silent(inputs.estimateTitle(j));
            }
        }
    }

    private ScaleInvariantScores measureResiduals() {
        var gains = new double[sources]; // a of equation 4
        var weights = new double[sources][]; // P(e_j) = sum_i weights[j][i] s_i
        for (int j = 0; j < sources; j++) {
            gains[j] = cross[j][j] / gram[j][j];
            weights[j] = sources == 1 ? gains.clone() : GramSystem.solve(gram, cross[j]);
        }
        var residual = new double[sources];
        var interference = new double[sources];
        var artifacts = new double[sources];
        var distance = new double[sources];
        var projection = new double[BLOCK_FRAMES];
        forEachBlock(frames -> {
            for (int j = 0; j < sources; j++) {
                for (int c = from; c < to; c++) {
                    project(weights[j], c, projection, frames);
                    var target = s[j][c];
                    var estimate = e[j][c];
                    for (int n = 0; n < frames; n++) {
                        double scaled = gains[j] * target[n];
                        residual[j] += square(estimate[n] - scaled);
                        interference[j] += square(projection[n] - scaled);
                        artifacts[j] += square(estimate[n] - projection[n]);
                        distance[j] += square(target[n] - estimate[n]);
                    }
                }
            }
        });
        var scores = new ScaleInvariantScores(
                new double[sources], new double[sources], new double[sources], new double[sources]);
        for (int j = 0; j < sources; j++) {
            double target = gains[j] * gains[j] * gram[j][j];
            scores.siSdr()[j] = Decibels.ratio(target, residual[j]);
            scores.siSir()[j] = Decibels.ratio(target, interference[j]);
            scores.siSar()[j] = Decibels.ratio(target, artifacts[j]);
            scores.sdSdr()[j] = Decibels.ratio(target, distance[j]);
        }
        return scores;
    }

    private void project(double[] weights, int channel, double[] projection, int frames) {
        Arrays.fill(projection, 0, frames, 0);
        for (int i = 0; i < sources; i++) {
            var source = s[i][channel];
            for (int n = 0; n < frames; n++) {
                projection[n] += weights[i] * source[n];
            }
        }
    }

    private static double square(double x) {
        return x * x;
    }

    private void forEachBlock(IntConsumer work) {
        for (long start = 0; start < inputs.lengthFrames(); start += BLOCK_FRAMES) {
            int frames = (int) Math.min(BLOCK_FRAMES, inputs.lengthFrames() - start);
            for (int j = 0; j < sources; j++) {
                inputs.readReference(j, start, s[j], frames);
                inputs.readEstimate(j, start, e[j], frames);
                subtract(meanOfReference[j], s[j], frames);
                subtract(meanOfEstimate[j], e[j], frames);
            }
            work.accept(frames);
        }
    }

    private void subtract(double mean, double[][] block, int frames) {
        if (mean == 0) {
            return;
        }
        for (int c = from; c < to; c++) {
            for (int n = 0; n < frames; n++) {
                block[c][n] -= mean;
            }
        }
    }
}
