package io.stemline.trainer;

import io.stemline.separation.model.ModelPackage;
import io.stemline.training.batches.Augmentation;
import io.stemline.training.batches.Curriculum;
import io.stemline.training.export.ModelExport;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.loss.AbsoluteLoss;
import io.stemline.training.network.Masking;
import io.stemline.training.network.SpectrumInput;
import io.stemline.training.network.UNetConfiguration;
import io.stemline.training.trainer.Schedule;
import io.stemline.training.trainer.TrainingConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of two stems for mono at 8 kHz that has learned nothing yet. */
final class WeakModel {
    static final String ID = "weak-1";

    private WeakModel() {}

    static TrainingConfiguration configuration(int steps) {
        var network = new UNetConfiguration(
                new SpectrumInput(LabelledSongs.SAMPLE_RATE_HZ, 1, 256, 64, 256, 128, 16),
                List.of("vocals", "other"),
                List.of(6, 8, 12),
                3,
                0.3,
                0,
                Masking.SOFTMAX);
        return new TrainingConfiguration(
                network,
                new AbsoluteLoss(),
                Optimiser.adam(),
                new Schedule.Cosine(5e-3, 3, 0.01),
                new Curriculum(2, 2, 4, 0.2),
                Augmentation.none(),
                4,
                1,
                steps,
                1,
                0.8,
                4,
                10,
                0,
                0,
                1);
    }

    static ModelPackage write(Path models) {
        TrainingConfiguration configuration = configuration(40);
        var settings = new TrainingNetwork.Settings(Optimiser.adam(), 1, 1, 0.9, 4, 1);
        try (var network = new TrainingNetwork(configuration.network(), configuration.loss(), settings)) {
            var details = new ModelExport.Details(
                    ID, "Weak", "", Map.of(), "nothing", "a test", Optional.empty(), List.of(), "# Weak\n");
            return ModelExport.write(models, configuration, network.inferenceWeights(network.state()), details);
        }
    }
}
