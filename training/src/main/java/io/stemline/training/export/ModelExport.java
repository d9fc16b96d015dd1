package io.stemline.training.export;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.separation.model.MaskExtension;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelCardBuilder;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Origin;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.Score;
import io.stemline.separation.model.StemRule;
import io.stemline.separation.model.StftLayout;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.network.SpectrumInput;
import io.stemline.training.network.WaveformInput;
import io.stemline.training.trainer.TrainingConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/** Writes model packages. */
public final class ModelExport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OTHER = "other";

    /**
     * What a package says about itself besides what its configuration says.
     *
     * @param id of the model
     * @param stemRules what is done to masks after the network
     * @param dataset that it was trained on
     * @param codeVersion of the code that trained it
     * @param parent id of the model whose weights it started from
     * @param text MODEL_CARD.md
     */
    public record Details(
            String id,
            String name,
            String description,
            Map<String, StemRule> stemRules,
            String dataset,
            String codeVersion,
            Optional<String> parent,
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
                ModelCard card = card(configuration, network.output(), details);
                return ModelPackage.write(models, card, savedModel, details.text());
            } finally {
                FileUtils.deleteDirectory(savedModel.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    models.resolve(details.id()) + ": the model cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private static ModelCard card(TrainingConfiguration configuration, String output, Details details) {
        NetworkConfiguration network = configuration.network();
        ModelCardBuilder card = ModelCard.builder(details.id())
                .name(details.name())
                .description(details.description())
                .stems(network.stems())
                .sampleRateHz(network.input().sampleRateHz())
                .channels(network.input().channels())
                .licence("Apache-2.0")
                .origin(Origin.trained(
                                JSON.convertValue(configuration, new TypeReference<Map<String, Object>>() {}),
                                details.dataset(),
                                details.codeVersion(),
                                configuration.seed())
                        .withParent(details.parent()))
                .scores(details.scores());
        switch (network.input()) {
            case SpectrumInput input -> describe(card, input, network, output, details);
            case WaveformInput input ->
                card.waveform(InferenceNetwork.INPUT, output).segment(input.length(), input.length() / 4);
        }
        return withRemainder(card, network.stems()).build();
    }

    private static void describe(
            ModelCardBuilder card, SpectrumInput input, NetworkConfiguration network, String output, Details details) {
        var stft = new StftLayout(input.windowLength(), input.hopLength(), "hann", input.fftLength(), input.bins());
        card.spectrogram(stft, OutputKind.MASK, InferenceNetwork.INPUT, output)
                .segment(input.frames(), input.frames() / 4)
                .maskExtension(MaskExtension.AVERAGE)
                .normaliseMasks(network.stems().size() > 1);
        details.stemRules().forEach(card::stemRule);
    }

    /** Of several stems one is what the others leave, so that they add up. A single one leaves the rest to nobody. */
    private static ModelCardBuilder withRemainder(ModelCardBuilder card, List<String> stems) {
        if (stems.size() == 1) {
            return card.withoutRemainder();
        }
        return card.remainder(stems.contains(OTHER) ? OTHER : stems.getLast());
    }
}
