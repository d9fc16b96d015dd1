package io.stemline.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.graph.Tensors;
import io.stemline.training.network.Clustering.Assignment;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class EmbeddingClustersTest {
    private static final int BATCH = 2;
    private static final int CELLS = 30;
    private static final int STEMS = 3;
    private static final int DIMENSION = 4;

    private final Random random = new Random(1);
    private final float[][][] embeddings = new float[BATCH][CELLS][];
    private final float[][][] weights = new float[BATCH][CELLS][1];
    private final float[][] start = new float[STEMS][];

    EmbeddingClustersTest() {
        for (int mixture = 0; mixture < BATCH; mixture++) {
            for (int cell = 0; cell < CELLS; cell++) {
                embeddings[mixture][cell] = direction();
                weights[mixture][cell][0] = 2 * random.nextFloat() / CELLS;
            }
        }
        for (int stem = 0; stem < STEMS; stem++) {
            start[stem] = direction();
        }
    }

    private float[] direction() {
        double[] x = random.doubles(DIMENSION, -1, 1).toArray();
        unit(x);
        float[] direction = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            direction[d] = (float) x[d];
        }
        return direction;
    }

    @Test
    void sharesAreThoseOfKMeansWithLoops() {
        for (Assignment assignment : Assignment.values()) {
            for (int iterations : new int[] {0, 1, 4}) {
                // When
                float[] shares = shares(new Clustering(iterations, assignment, 7));

                // Then
                for (int mixture = 0; mixture < BATCH; mixture++) {
                    double[][] expected = withLoops(mixture, iterations, assignment == Assignment.HARD, 7);
                    for (int cell = 0; cell < CELLS; cell++) {
                        for (int stem = 0; stem < STEMS; stem++) {
                            assertThat((double) shares[(mixture * CELLS + cell) * STEMS + stem])
                                    .as("%s after %d: mixture %d, cell %d", assignment, iterations, mixture, cell)
                                    .isCloseTo(expected[cell][stem], within(1e-5));
                        }
                    }
                }
            }
        }
    }

    @Test
    void aCentreToWhichNothingBelongsStays() {
        // Given: all embeddings point one way, the last centre the other
        for (float[][] mixture : embeddings) {
            for (int cell = 0; cell < CELLS; cell++) {
                mixture[cell] = new float[] {1, 0, 0, 0};
            }
        }
        start[0] = new float[] {1, 0, 0, 0};
        start[1] = new float[] {0, 1, 0, 0};
        start[2] = new float[] {-1, 0, 0, 0};

        // When
        float[] shares = shares(new Clustering(3, Assignment.HARD, 1));

        // Then
        for (int i = 0; i < shares.length; i++) {
            assertThat(shares[i]).isEqualTo(i % STEMS == 0 ? 1 : 0);
        }
    }

    @Test
    void vectorsBecomeOfUnitLengthAndNothingStaysNothing() {
        // When
        float[] unit = evaluated(tf ->
                EmbeddingClusters.ofUnitLength(tf, tf.constant(new float[][] {{3, 0, 4}, {0, -0.2f, 0}, {0, 0, 0}})));

        // Then
        assertThat(unit).containsExactly(new float[] {0.6f, 0, 0.8f, 0, -1, 0, 0, 0, 0}, within(1e-6f));
    }

    private float[] shares(Clustering clustering) {
        return evaluated(tf -> EmbeddingClusters.shares(
                tf, clustering, tf.constant(embeddings), tf.constant(weights), tf.constant(start)));
    }

    private static float[] evaluated(Function<Ops, Operand<TFloat32>> expression) {
        try (Graph graph = new Graph()) {
            Operand<TFloat32> result = expression.apply(Ops.create(graph));
            try (var session = new Session(graph);
                    var fetched = session.runner().fetch(result).run()) {
                return Tensors.floats((TFloat32) fetched.get(0));
            }
        }
    }

    private double[][] withLoops(int mixture, int iterations, boolean hard, double sharpness) {
        double[][] centres = new double[STEMS][DIMENSION];
        for (int stem = 0; stem < STEMS; stem++) {
            for (int d = 0; d < DIMENSION; d++) {
                centres[stem][d] = start[stem][d];
            }
        }
        double[][] shares = assigned(mixture, centres, hard, sharpness);
        for (int i = 0; i < iterations; i++) {
            for (int stem = 0; stem < STEMS; stem++) {
                for (int d = 0; d < DIMENSION; d++) {
                    centres[stem][d] *= 1e-3;
                    for (int cell = 0; cell < CELLS; cell++) {
                        centres[stem][d] +=
                                weights[mixture][cell][0] * shares[cell][stem] * embeddings[mixture][cell][d];
                    }
                }
                unit(centres[stem]);
            }
            shares = assigned(mixture, centres, hard, sharpness);
        }
        return shares;
    }

    private double[][] assigned(int mixture, double[][] centres, boolean hard, double sharpness) {
        double[][] shares = new double[CELLS][STEMS];
        for (int cell = 0; cell < CELLS; cell++) {
            int nearest = 0;
            double[] cosines = new double[STEMS];
            double sum = 0;
            for (int stem = 0; stem < STEMS; stem++) {
                for (int d = 0; d < DIMENSION; d++) {
                    cosines[stem] += centres[stem][d] * embeddings[mixture][cell][d];
                }
                nearest = cosines[stem] > cosines[nearest] ? stem : nearest;
                sum += Math.exp(sharpness * cosines[stem]);
            }
            for (int stem = 0; stem < STEMS; stem++) {
                shares[cell][stem] = hard ? (stem == nearest ? 1 : 0) : Math.exp(sharpness * cosines[stem]) / sum;
            }
        }
        return shares;
    }

    private static void unit(double[] x) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        for (int d = 0; d < x.length; d++) {
            x[d] /= Math.sqrt(squares);
        }
    }
}
