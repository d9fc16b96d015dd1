package io.stemline.modelimport;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a network becomes one of the models that can be used:
 *
 * <ol>
 *   <li>its package is written to a hidden folder beside the models, with the hash of its weights;
 *   <li>it is loaded, its signature compared with its card, and one segment run through it ({@link TrialRun});
 *   <li>it moves to its place among the models.
 * </ol>
 *
 * <p>What fails leaves nothing behind.
 */
public final class Admission {

    private static final Logger LOGGER = LoggerFactory.getLogger(Admission.class);

    private final Path models;

    /**
     * @param models the folder of models, made if need be
     */
    public Admission(Path models) {
        this.models = models;
    }

    /**
     * Refuses an id that is taken, before any work is done.
     *
     * @throws ModelException if there is a model of that id
     */
    public void requireFree(String id) {
        if (Files.exists(models.resolve(id))) {
            throw new ModelException(
                    models.resolve(id) + ": already exists; choose another id, or remove that model first");
        }
    }

    /**
     * Admits a network.
     *
     * @param card what it is; the weights' hash is added
     * @param savedModel the folder of the SavedModel, copied
     * @param text for people, in Markdown
     * @throws ModelException if the network is not what its card says, or the package cannot be written
     */
    public ModelPackage admit(ModelCard card, Path savedModel, String text) {
        requireFree(card.id());
        var waiting = models.resolve(".import-" + UUID.randomUUID());
        try {
            var candidate = ModelPackage.write(waiting, card, savedModel, text);
            TrialRun.of(candidate);
            Files.move(candidate.folder(), models.resolve(card.id()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ModelException(models.resolve(card.id()) + ": cannot be written (" + e.getMessage() + ")", e);
        } finally {
            delete(waiting);
        }
        LOGGER.atInfo().addKeyValue("model", card.id()).log("model imported");
        return ModelPackage.load(models.resolve(card.id()));
    }

    /** Deletes a folder and all below it, if it is there. */
    public static void delete(Path folder) {
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw new ModelException(folder + ": cannot be deleted (" + e.getMessage() + ")", e);
        }
    }
}
