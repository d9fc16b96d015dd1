package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import io.stemline.training.graph.WaveformLayers;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a waveform network does where it is deepest, {@code [batch][time][channel]}. */
sealed interface WaveformBottleneck {

    /**
     * What comes out.
     *
     * @param values of the shape that went in
     * @param latent of a variational layer
     */
    record Output(Operand<TFloat32> values, Optional<Estimates.Latent> latent) {}

    /** Adds it to the graph of the layers. */
    Output build(Layers layers, WaveformLayers line, Operand<TFloat32> x, int channels);

    /** Trainable weights. */
    long weights(int channels);

    /** Two convolutions, to twice the channels and back. */
    record Convolutions() implements WaveformBottleneck {
        @Override
        public Output build(Layers layers, WaveformLayers line, Operand<TFloat32> x, int channels) {
            int kernel = WaveformStages.CONTEXT;
            Operand<TFloat32> wide = line.convolution("bottleneck.wide", x, kernel, channels, 2 * channels);
            return new Output(
                    line.convolution("bottleneck.narrow", wide, kernel, 2 * channels, channels), Optional.empty());
        }

        @Override
        public long weights(int channels) {
            long kernels = 2L * WaveformStages.CONTEXT * channels * 2 * channels;
            return kernels + 2L * 2 * channels + 2L * channels;
        }
    }

    /** Memories over time, and a linear layer. */
    record Memory(RecurrentLayers settings) implements WaveformBottleneck {
        @Override
        public Output build(Layers layers, WaveformLayers line, Operand<TFloat32> x, int channels) {
            return new Output(remembered(layers, line, x, channels), Optional.empty());
        }

        private Operand<TFloat32> remembered(Layers layers, WaveformLayers line, Operand<TFloat32> x, int channels) {
            Operand<TFloat32> y = layers.bidirectionalLstm("bottleneck.lstm1", x, settings.hidden());
            for (int layer = 2; layer <= settings.depth(); layer++) {
                Operand<TFloat32> kept = layers.dropout(y, settings.dropout());
                y = layers.bidirectionalLstm("bottleneck.lstm" + layer, kept, settings.hidden());
            }
            return line.linear("bottleneck.linear", y, 1, 2 * settings.hidden(), channels);
        }

        @Override
        public long weights(int channels) {
            return weights(channels, channels);
        }

        private long weights(int in, int out) {
            return settings.trainableWeights(in) + 2L * settings.hidden() * out + out;
        }
    }

    /**
     * A distribution at every time, a draw from it, and memories of the draws (Kingma and Welling, "Auto-encoding
     * variational Bayes", 2014). Inference takes the mean. Sigma starts small and equal everywhere, so that training begins
     * with hardly any noise.
     */
    record Variation(int latents, Memory memory) implements WaveformBottleneck {
        private static final float FIRST_LOG_SIGMA = -2;
        private static final float LARGEST_LOG_SIGMA = 10;

        @Override
        public Output build(Layers layers, WaveformLayers line, Operand<TFloat32> x, int channels) {
            Ops tf = layers.tf();
            Operand<TFloat32> mean = line.linear("bottleneck.mean", x, 1, channels, latents);
            Operand<TFloat32> logSigma = logSigma(layers, x, channels);
            Operand<TFloat32> drawn = layers.mode() == Layers.Mode.TRAINING
                    ? tf.math.add(mean, tf.math.mul(tf.math.exp(logSigma), layers.noiseLike(mean)))
                    : mean;
            return new Output(
                    memory.remembered(layers, line, drawn, channels),
                    Optional.of(new Estimates.Latent(mean, logSigma)));
        }

        private Operand<TFloat32> logSigma(Layers layers, Operand<TFloat32> x, int channels) {
            Ops tf = layers.tf();
            var kernel = layers.weights(
                    "bottleneck.logSigma.kernel", Shape.of(channels, latents), new float[channels * latents]);
            float[] first = new float[latents];
            Arrays.fill(first, FIRST_LOG_SIGMA);
            var bias = layers.weights("bottleneck.logSigma.bias", Shape.of(latents), first);
            Operand<TFloat32> rows = tf.reshape(x, tf.constant(new int[] {-1, channels}));
            Operand<TFloat32> values = tf.nn.biasAdd(tf.linalg.matMul(rows, kernel.variable()), bias.variable());
            int time = Math.toIntExact(x.shape().get(1));
            // So that the exponential of what a wild step gives is a number.
            return tf.clipByValue(
                    tf.reshape(values, tf.constant(new int[] {-1, time, latents})),
                    tf.constant(-LARGEST_LOG_SIGMA),
                    tf.constant(LARGEST_LOG_SIGMA));
        }

        @Override
        public long weights(int channels) {
            return 2L * (channels + 1) * latents + memory.weights(latents, channels);
        }
    }
}
