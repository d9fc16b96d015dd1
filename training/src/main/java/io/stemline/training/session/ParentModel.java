package io.stemline.training.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Origin;
import io.stemline.training.folder.Configurations;
import io.stemline.training.folder.FolderException;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.learning.InferenceNetwork;
import io.stemline.training.learning.SavedWeights;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.trainer.TrainingConfiguration;
import io.stemline.training.trainer.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.ndarray.Shape;

/**
 * A model from whose weights another one goes on.
 *
 * @param id of the model
 * @param stems that it separates, in the order of its network
 * @param weights as inference has them
 */
public record ParentModel(String id, List<String> stems, SavedWeights weights) {
    private static final Logger LOGGER = LoggerFactory.getLogger(ParentModel.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHECKPOINT = "checkpoint.bin";

    /**
     * Opens a model: a package, or the folder of a model that was trained, of which the exported package is taken, or else
     * the best weights so far.
     *
     * @throws FolderException if it is neither
     */
    public static ParentModel open(Path path) {
        if (Files.isRegularFile(path.resolve(ModelPackage.CARD))) {
            return ofPackage(path);
        }
        ModelFolder folder = ModelFolder.at(path);
        if (folder.hasPackage()) {
            return ofPackage(folder.exported().resolve(folder.modelId()));
        }
        folder.requireFor(ModelFolder.Purpose.EXPORT);
        return ofCheckpoint(folder);
    }

    /**
     * The configuration that a model was trained with, as its card has it; empty if the model was not trained by this program,
     * or by a version with other settings.
     */
    public static Optional<TrainingConfiguration> configurationOf(ModelCard card) {
        if (card.origin().kind() != Origin.Kind.TRAINED) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.convertValue(card.origin().configuration(), TrainingConfiguration.class));
        } catch (IllegalArgumentException e) {
            LOGGER.atInfo()
                    .addKeyValue("model", card.id())
                    .log("Its settings are those of another version: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static ParentModel ofPackage(Path folder) {
        try {
            ModelPackage model = ModelPackage.load(folder);
            ModelCard card = model.card();
            return new ParentModel(card.id(), card.stems(), SavedWeights.read(model.savedModel()));
        } catch (ModelException e) {
            throw new FolderException(e.getMessage(), e);
        }
    }

    private static ParentModel ofCheckpoint(ModelFolder folder) {
        var configuration = Configurations.of(TrainingConfiguration.class).read(folder.configuration());
        TrainingRun.Outcome outcome = TrainingRun.outcome(configuration, folder.checkpoint(CHECKPOINT))
                .orElseThrow(() -> new FolderException(folder.path() + ": has no checkpoint yet"));
        var weights = new SavedWeights(outcome.weights(), InferenceNetwork.weightShapes(configuration.network()));
        return new ParentModel(folder.modelId(), configuration.network().stems(), weights);
    }

    /**
     * The weights for a network, which must be like this model's.
     *
     * @throws FolderException that names the first thing in which they differ
     */
    public Map<String, float[]> weightsFor(NetworkConfiguration network) {
        if (!stems.equals(network.stems())) {
            throw refused("its stems are %s, and the new model's are %s"
                    .formatted(String.join(", ", stems), String.join(", ", network.stems())));
        }
        Map<String, Shape> wanted = InferenceNetwork.weightShapes(network);
        wanted.forEach((name, shape) -> {
            Shape there = weights.shapes().get(name);
            if (there == null) {
                throw refused("it has no variable '%s', which the new model has".formatted(name));
            }
            if (!there.equals(shape)) {
                throw refused("its variable '%s' has the shape %s, and the new model's %s"
                        .formatted(name, text(there), text(shape)));
            }
        });
        weights.shapes().keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused("it has a variable '%s', which the new model has not".formatted(name));
                });
        return weights.values();
    }

    private FolderException refused(String why) {
        return new FolderException(
                "no model can go on from %s here: %s; give the new one the same settings".formatted(id, why));
    }

    private static String text(Shape shape) {
        return shape.numDimensions() == 0
                ? "of a single number"
                : String.join(
                        " x ",
                        Arrays.stream(shape.asArray()).mapToObj(Long::toString).toList());
    }
}
