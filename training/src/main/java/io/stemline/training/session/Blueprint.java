package io.stemline.training.session;

import io.stemline.training.batches.Augmentation;
import io.stemline.training.batches.Curriculum;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.loss.AbsoluteLoss;
import io.stemline.training.loss.ChangeOverLoss;
import io.stemline.training.loss.DecibelLoss;
import io.stemline.training.loss.Loss;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.network.SpectrumInput;
import io.stemline.training.network.UNetConfiguration;
import io.stemline.training.trainer.Schedule;
import io.stemline.training.trainer.TrainingConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The networks that there are, each with the settings that a new model folder starts with. */
public enum Blueprint {
    /** The bundled models' network: masks of four stems on magnitude spectrograms. */
    UNET("UNet") {
        @Override
        NetworkConfiguration network() {
            return new UNetConfiguration(
                    new SpectrumInput(44_100, 2, 4096, 1024, 4096, 768, 128),
                    STEMS,
                    List.of(12, 24, 48, 80, 112, 160),
                    5,
                    0.3,
                    64,
                    UNetConfiguration.Masking.SOFTMAX);
        }
    };

    private static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");

    private final String spelling;

    Blueprint(String spelling) {
        this.spelling = spelling;
    }

    abstract NetworkConfiguration network();

    /** The loss that the network starts with. */
    Loss loss() {
        return new ChangeOverLoss(new AbsoluteLoss(), new DecibelLoss(), 300);
    }

    /** The name as configurations have it. */
    public String spelling() {
        return spelling;
    }

    /** The settings that a new model starts with. */
    public TrainingConfiguration configuration() {
        return new TrainingConfiguration(
                network(),
                loss(),
                Optimiser.adam(),
                new Schedule.Cosine(2e-3, 100, 0.01),
                new Curriculum(12, 8, 48, 0.12),
                Augmentation.standard(),
                4,
                1,
                40_000,
                1,
                0.998,
                16,
                250,
                0,
                0,
                1);
    }

    /** The network of a name, however it is spelled: {@code SpectrogramNetSimple}, {@code spectrogram-net-simple}. */
    public static Optional<Blueprint> find(String name) {
        return Arrays.stream(values())
                .filter(blueprint -> plain(blueprint.spelling).equals(plain(name)))
                .findFirst();
    }

    /** All names, with commas between. */
    public static String names() {
        return Arrays.stream(values()).map(Blueprint::spelling).collect(Collectors.joining(", "));
    }

    private static String plain(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
