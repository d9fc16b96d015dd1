package io.stemline.training.learning;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.stemline.training.folder.Setting;

/**
 * How gradients change weights. Each is TensorFlow's own operation; those of tensorflow-framework fix the learning rate when
 * the graph is built.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "optimiser")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Optimiser.Adam.class, name = "adam"),
    @JsonSubTypes.Type(value = Optimiser.AdamW.class, name = "adamw"),
    @JsonSubTypes.Type(value = Optimiser.Sgd.class, name = "sgd")
})
public sealed interface Optimiser {

    /** Adam with its customary settings. */
    static Optimiser adam() {
        return new Adam(0.9, 0.999, 1e-7);
    }

    /**
     * Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
     *
     * @param beta1 how much of the mean gradient a step keeps
     * @param beta2 how much of the mean squared gradient a step keeps
     * @param epsilon added to the root of the mean squared gradient
     */
    record Adam(
            @Setting(doc = "how much of the mean gradient a step keeps", min = 0, below = 1)
            double beta1,

            @Setting(doc = "how much of the mean squared gradient a step keeps", min = 0, below = 1)
            double beta2,

            @Setting(doc = "added to the root of the mean squared gradient", above = 0)
            double epsilon)
            implements Optimiser {
        public Adam {
            requireShare("beta1", beta1);
            requireShare("beta2", beta2);
            requirePositive("epsilon", epsilon);
        }
    }

    /**
     * Adam with decay of kernels beside the gradient instead of in it (Loshchilov and Hutter, "Decoupled weight decay
     * regularization", 2019).
     *
     * @param weightDecay share of a kernel that a step takes away, times the learning rate
     */
    record AdamW(
            @Setting(doc = "how much of the mean gradient a step keeps", min = 0, below = 1)
            double beta1,

            @Setting(doc = "how much of the mean squared gradient a step keeps", min = 0, below = 1)
            double beta2,

            @Setting(doc = "added to the root of the mean squared gradient", above = 0)
            double epsilon,

            @Setting(doc = "share of a kernel that a step takes away, times the learning rate", min = 0)
            double weightDecay)
            implements Optimiser {
        public AdamW {
            requireShare("beta1", beta1);
            requireShare("beta2", beta2);
            requirePositive("epsilon", epsilon);
            if (!(weightDecay >= 0)) {
                throw new IllegalArgumentException("weightDecay is " + weightDecay + ": it must be 0 or more");
            }
        }
    }

    /**
     * Stochastic gradient descent.
     *
     * @param momentum how much of the last step the next one keeps, 0 for none
     * @param nesterov whether the gradient is taken as if the momentum had been applied
     */
    record Sgd(
            @Setting(doc = "how much of the last step the next one keeps", min = 0, below = 1)
            double momentum,

            @Setting(doc = "whether the gradient is taken as if the momentum had been applied")
            boolean nesterov)
            implements Optimiser {
        public Sgd {
            requireShare("momentum", momentum);
        }
    }

    private static void requireShare(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(key + " is " + value + ": it must be at least 0 and below 1");
        }
    }

    private static void requirePositive(String key, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(key + " is " + value + ": it must be above 0");
        }
    }
}
