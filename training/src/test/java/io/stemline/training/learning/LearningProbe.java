package io.stemline.training.learning;

import io.stemline.training.batches.Batch;
import java.util.Map;

/** Lets tests of other packages look inside a network that learns. */
public final class LearningProbe {
    private LearningProbe() {}

    public static float[] estimates(TrainingNetwork network, Batch batch, long draw) {
        return network.estimates(batch.mixtures(), batch.size(), draw);
    }

    /** What the network sees of a batch. */
    public static float[] fed(TrainingNetwork network, Batch batch) {
        return network.fed(batch.mixtures(), batch.size());
    }

    /** The loss, under the name {@code loss}, and its gradient by each weight. */
    public static Map<String, float[]> gradients(TrainingNetwork network, Batch batch, long draw, double late) {
        return network.gradients(batch, draw, late);
    }

    public static long trainableWeights(TrainingNetwork network) {
        return network.state().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("average."))
                .mapToLong(entry -> entry.getValue().length)
                .sum();
    }
}
