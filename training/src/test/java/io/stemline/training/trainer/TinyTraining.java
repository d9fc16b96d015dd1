package io.stemline.training.trainer;

import io.stemline.audio.AudioFormat;
import io.stemline.training.batches.Augmentation;
import io.stemline.training.batches.Curriculum;
import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.GeneratedSongs;
import io.stemline.training.datasets.StemChoice;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.loss.AbsoluteLoss;
import io.stemline.training.loss.ChangeOverLoss;
import io.stemline.training.loss.DecibelLoss;
import io.stemline.training.network.Masking;
import io.stemline.training.network.SpectrumInput;
import io.stemline.training.network.UNetConfiguration;
import io.stemline.training.songs.SongGenerator;
import java.time.Duration;
import java.util.List;

/** A configuration that trains in seconds. */
public final class TinyTraining {
    private TinyTraining() {}

    public static TrainingConfiguration configuration(int steps) {
        return configuration(steps, 0, 1);
    }

    public static TrainingConfiguration configuration(int steps, int patience, int batchesPerStep) {
        var network = new UNetConfiguration(
                new SpectrumInput(44_100, 2, 1024, 256, 1024, 64, 16),
                List.of("vocals", "drums", "bass", "other"),
                List.of(6, 8, 12),
                5,
                0.3,
                0,
                Masking.SOFTMAX);
        return new TrainingConfiguration(
                network,
                new ChangeOverLoss(new AbsoluteLoss(), new DecibelLoss(), 6),
                Optimiser.adam(),
                new Schedule.Cosine(5e-3, 3, 0.01),
                new Curriculum(2, 3, 4, 0.2),
                Augmentation.standard(),
                4,
                batchesPerStep,
                steps,
                1,
                0.8,
                4,
                5,
                patience,
                0,
                1);
    }

    public static Dataset songs() {
        return new GeneratedSongs(
                new SongGenerator(),
                Duration.ofSeconds(2),
                new GeneratedSongs.Seeds(10, 900, 1000),
                new AudioFormat(44_100, 2),
                StemChoice.standard());
    }
}
