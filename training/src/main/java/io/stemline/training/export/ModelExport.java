package io.stemline.training.export;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.separation.model.MaskExtension;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Origin;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.Score;
import io.stemline.separation.model.StemRule;
import io.stemline.separation.model.StftLayout;
import io.stemline.training.network.InferenceNetwork;
import io.stemline.training.trainer.TrainingConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.io.FileUtils;

/** Writes model packages. */
public final class ModelExport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double LOWEST_VOCALS_HZ = 100;

    /**
     * What a package says about itself besides what its configuration says.
     *
     * @param id of the model
     * @param vocalsExponent power to which the mask of the vocals is raised
     * @param codeVersion of the code that trained it
     * @param text MODEL_CARD.md
     */
    public record Details(
            String id,
            String name,
            String description,
            double vocalsExponent,
            String codeVersion,
            List<Score> scores,
            String text) {}

    private ModelExport() {}

    /**
     * Writes a package with a SavedModel of the network.
     *
     * @param models the folder of packages
     * @param weights for an inference network of the configuration
     */
    public static ModelPackage write(
            Path models, TrainingConfiguration configuration, Map<String, float[]> weights, Details details) {
        try (var network = new InferenceNetwork(configuration.network(), weights)) {
            Path savedModel = Files.createTempDirectory("saved-model-");
            try {
                network.export(savedModel);
                return ModelPackage.write(models, card(configuration, details), savedModel, details.text());
            } finally {
                FileUtils.deleteDirectory(savedModel.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    models.resolve(details.id()) + ": the model cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private static ModelCard card(TrainingConfiguration configuration, Details details) {
        var network = configuration.network();
        var spectrum = configuration.spectrum();
        var stft = new StftLayout(
                spectrum.windowLength(), spectrum.hopLength(), "hann", spectrum.windowLength(), spectrum.bins());
        var vocals = new StemRule(
                details.vocalsExponent() == 1 ? OptionalDouble.empty() : OptionalDouble.of(details.vocalsExponent()),
                OptionalDouble.of(LOWEST_VOCALS_HZ));
        return ModelCard.builder(details.id())
                .name(details.name())
                .description(details.description())
                .stems(network.stems())
                .channels(network.channels())
                .spectrogram(stft, OutputKind.MASK, InferenceNetwork.INPUT, InferenceNetwork.OUTPUT)
                .segment(network.frames(), network.frames() / 4)
                .maskExtension(MaskExtension.AVERAGE)
                .stemRule("vocals", vocals)
                .normaliseMasks(true)
                .remainder("other")
                .licence("Apache-2.0")
                .origin(Origin.trained(
                        JSON.convertValue(configuration, new TypeReference<Map<String, Object>>() {}),
                        "songs of Stemline's generator; no recorded music",
                        details.codeVersion(),
                        configuration.seed()))
                .scores(details.scores())
                .build();
    }
}
