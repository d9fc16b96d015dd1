package io.stemline.training.loss;

import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Kullback-Leibler divergence of a variational layer from the standard normal distribution, 1/2 mean(mu^2 + sigma^2 -
 * ln sigma^2 - 1) (Kingma and Welling 2014). It is a companion of other losses in a {@link SumLoss}.
 */
public record KlLoss() implements Loss {
    @Override
    public Set<Quantity> needs() {
        return Set.of(Quantity.LATENT_MEAN, Quantity.LATENT_LOG_SIGMA);
    }

    @Override
    public Operand<TFloat32> of(Ops tf, LossInputs inputs) {
        Operand<TFloat32> logVariance = Reductions.scaled(tf, 2, inputs.get(Quantity.LATENT_LOG_SIGMA));
        Operand<TFloat32> moments =
                tf.math.add(tf.math.square(inputs.get(Quantity.LATENT_MEAN)), tf.math.exp(logVariance));
        Operand<TFloat32> divergence = tf.math.sub(tf.math.sub(moments, logVariance), tf.constant(1f));
        return Reductions.scaled(tf, 0.5, Reductions.mean(tf, divergence));
    }
}
