package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import io.stemline.training.graph.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/**
 * The layers of a {@link DeepClusteringConfiguration}.
 *
 * <ol>
 *   <li>The recurrent layers read the mixture, and a dense layer gives every cell an embedding.
 *   <li>In training, a statistic, the attractors, follows the mean embedding of the cells in which each stem is loudest.
 *   <li>From the attractors k-means starts. As they are in the order of the stems, so are the masks.
 * </ol>
 *
 * <p>Cells weigh as much as their share of the mixture's magnitudes.
 */
final class DeepClustering implements Architecture {
    private static final float SILENCE = 1e-6f;

    private final DeepClusteringConfiguration configuration;

    DeepClustering(DeepClusteringConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Estimates build(Layers layers, Operand<TFloat32> mixture) {
        Ops tf = layers.tf();
        var recurrent = new RecurrentStackLayers(layers, configuration.input());
        Operand<TFloat32> embedding =
                recurrent.embedding(recurrent.stack(configuration.stack(), mixture), configuration.dimension());
        Parameter attractors = attractors(layers);
        // Whatever reads the attractors reads this copy, and they follow the stems once it is made: no order of
        // execution can mix old and new ones.
        Operand<TFloat32> start = EmbeddingClusters.ofUnitLength(tf, attractors.variable());
        Operand<TFloat32> v = tf.reshape(embedding, tf.constant(new int[] {-1, cells(), configuration.dimension()}));
        Operand<TFloat32> w = weights(tf, mixture);
        Operand<TFloat32> shares = EmbeddingClusters.shares(tf, configuration.clustering(), v, w, start);
        return Estimates.masks(inEveryChannel(tf, shares))
                .withEmbedding(embedding)
                .withObserver(
                        loudest -> layers.follow(attractors.variable(), meanEmbeddings(tf, v, w, loudest, start)));
    }

    private int cells() {
        return configuration.input().frames() * configuration.input().bins();
    }

    /** Before training, each points along an axis of its own. */
    private Parameter attractors(Layers layers) {
        int stems = configuration.stems().size();
        int dimension = configuration.dimension();
        float[] axes = new float[stems * dimension];
        for (int stem = 0; stem < stems; stem++) {
            axes[stem * dimension + stem] = 1;
        }
        return layers.statistic("attractors", Shape.of(stems, dimension), axes);
    }

    /** {@code [batch][cell][1]}. */
    private Operand<TFloat32> weights(Ops tf, Operand<TFloat32> mixture) {
        Operand<TFloat32> magnitudes = tf.reshape(
                tf.sum(mixture, tf.constant(3), Sum.keepDims(true)), tf.constant(new int[] {-1, cells(), 1}));
        Operand<TFloat32> whole = tf.sum(magnitudes, tf.constant(1), Sum.keepDims(true));
        return tf.math.div(magnitudes, tf.math.add(whole, tf.constant(SILENCE)));
    }

    /** Directions of the stems' mean embeddings, {@code [stem][dimension]}, over all mixtures of the batch. */
    private Operand<TFloat32> meanEmbeddings(
            Ops tf, Operand<TFloat32> v, Operand<TFloat32> w, Operand<TFloat32> loudest, Operand<TFloat32> start) {
        int stems = configuration.stems().size();
        int dimension = configuration.dimension();
        Operand<TFloat32> centres = EmbeddingClusters.centres(
                tf,
                tf.reshape(v, tf.constant(new int[] {1, -1, dimension})),
                tf.reshape(w, tf.constant(new int[] {1, -1, 1})),
                tf.reshape(loudest, tf.constant(new int[] {1, -1, stems})),
                tf.expandDims(start, tf.constant(0)));
        return tf.reshape(centres, tf.constant(new int[] {stems, dimension}));
    }

    /** {@code [batch][cell][stem]} to {@code [batch][frame][bin][stem * channels + channel]}. */
    private Operand<TFloat32> inEveryChannel(Ops tf, Operand<TFloat32> shares) {
        SpectrumInput input = configuration.input();
        int stems = configuration.stems().size();
        Operand<TFloat32> apart = tf.reshape(shares, tf.constant(new int[] {-1, cells(), stems, 1}));
        return tf.reshape(tf.tile(apart, tf.constant(new int[] {1, 1, 1, input.channels()})), tf.constant(new int[] {
            -1, input.frames(), input.bins(), stems * input.channels()
        }));
    }
}
