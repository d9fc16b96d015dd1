package io.stemline.training.trainer;

import io.stemline.training.examples.Augmentation;
import io.stemline.training.examples.Curriculum;
import io.stemline.training.examples.SpectrumSettings;
import io.stemline.training.network.UNetConfiguration;
import java.util.List;

/** A configuration that trains in seconds. */
public final class TinyTraining {
    private TinyTraining() {}

    public static TrainingConfiguration configuration(int steps) {
        var network = new UNetConfiguration(
                16,
                64,
                2,
                List.of("vocals", "drums", "bass", "other"),
                List.of(6, 8, 12),
                5,
                0.3,
                UNetConfiguration.Masking.SOFTMAX);
        return new TrainingConfiguration(
                network,
                new SpectrumSettings(1024, 256, 64),
                new Curriculum(10, 2, 3, 4, 0.2),
                Augmentation.standard(),
                4,
                steps,
                5e-3,
                3,
                6,
                1,
                0.8,
                900,
                4,
                5,
                1);
    }
}
