package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import io.stemline.training.network.Estimates.Latent;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a {@link SpectrogramNet} does between its encoder and its decoder. It gets what the deepest stage leaves after the
 * last halving, {@code [batch][frame][bin][width]}, and gives twice as many channels.
 */
sealed interface SpectrogramBottleneck {

    /** What it gives, and the distribution that it is drawn from, if it is. */
    record Output(Operand<TFloat32> values, Optional<Latent> latent) {}

    Output build(SpectrogramNet net, Layers layers, Operand<TFloat32> x, Layers.Size size);

    long trainableWeights(Layers.Size size);

    /** A stage of convolutions. */
    record Convolutional() implements SpectrogramBottleneck {
        @Override
        public Output build(SpectrogramNet net, Layers layers, Operand<TFloat32> x, Layers.Size size) {
            int width = size.channels();
            return new Output(net.stage(layers, "bottleneck", x, width, 2 * width), Optional.empty());
        }

        @Override
        public long trainableWeights(Layers.Size size) {
            return SpectrogramNet.stageWeights(size.channels(), 2 * size.channels());
        }
    }

    /**
     * Recurrent layers over time, which see all bins and channels of a frame at once, and two dense layers with SELU.
     */
    record Recurrent(RecurrentLayers recurrent) implements SpectrogramBottleneck {
        @Override
        public Output build(SpectrogramNet net, Layers layers, Operand<TFloat32> x, Layers.Size size) {
            Ops tf = layers.tf();
            int features = size.bins() * size.channels();
            Operand<TFloat32> sequence = tf.reshape(x, tf.constant(new int[] {-1, size.frames(), features}));
            for (int layer = 1; layer <= recurrent.depth(); layer++) {
                sequence = layers.bidirectionalLstm("bottleneck.lstm" + layer, sequence, recurrent.hidden());
                if (layer < recurrent.depth()) {
                    sequence = layers.dropout(sequence, recurrent.dropout());
                }
            }
            Operand<TFloat32> inner = tf.nn.selu(layers.dense("bottleneck.dense1", sequence, recurrent.hidden()));
            Operand<TFloat32> outer = tf.nn.selu(layers.dense("bottleneck.dense2", inner, 2 * features));
            int[] shape = {-1, size.frames(), size.bins(), 2 * size.channels()};
            return new Output(tf.reshape(outer, tf.constant(shape)), Optional.empty());
        }

        @Override
        public long trainableWeights(Layers.Size size) {
            long features = (long) size.bins() * size.channels();
            long hidden = recurrent.hidden();
            long inner = (2 * hidden + 1) * hidden;
            long outer = (hidden + 1) * 2 * features;
            return recurrent.trainableWeights(features) + inner + outer;
        }
    }

    /**
     * A variational layer in front of the recurrent ones (Kingma and Welling 2014): in every cell, two dense layers over the
     * channels give the mean and the logarithm of the deviation of as many latent values, and training draws from these.
     * Inference takes the mean.
     */
    record Variational(RecurrentLayers recurrent) implements SpectrogramBottleneck {
        private static final float LARGEST_LOG_SIGMA = 10;

        @Override
        public Output build(SpectrogramNet net, Layers layers, Operand<TFloat32> x, Layers.Size size) {
            Ops tf = layers.tf();
            Operand<TFloat32> mean = layers.dense("bottleneck.mean", x, size.channels());
            // So that the exponential of what a first, wild step gives is a number.
            Operand<TFloat32> logSigma = tf.clipByValue(
                    layers.dense("bottleneck.logSigma", x, size.channels()),
                    tf.constant(-LARGEST_LOG_SIGMA),
                    tf.constant(LARGEST_LOG_SIGMA));
            Operand<TFloat32> z = mean;
            if (layers.mode() == Layers.Mode.TRAINING) {
                z = tf.math.add(mean, tf.math.mul(tf.math.exp(logSigma), layers.noiseLike(mean)));
            }
            var values = new Recurrent(recurrent).build(net, layers, z, size).values();
            return new Output(values, Optional.of(new Latent(mean, logSigma)));
        }

        @Override
        public long trainableWeights(Layers.Size size) {
            long channels = size.channels();
            return 2 * (channels + 1) * channels + new Recurrent(recurrent).trainableWeights(size);
        }
    }
}
