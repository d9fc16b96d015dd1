package io.stemline.separation.model;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/**
 * A model on disk: a folder named after the model's id with its card ({@value #CARD}), its weights
 * ({@value #SAVED_MODEL}, a TensorFlow SavedModel) and a text for people ({@value #TEXT}).
 *
 * <p>A package exists only with weights whose hash is the one on the card.
 */
public final class ModelPackage {

    /** The file with the model's card. */
    public static final String CARD = "model.json";

    /** The folder with the TensorFlow SavedModel. */
    public static final String SAVED_MODEL = "saved-model";

    /** The file that explains the model to people. */
    public static final String TEXT = "MODEL_CARD.md";

    private final Path folder;
    private final ModelCard card;

    private ModelPackage(Path folder, ModelCard card) {
        this.folder = folder;
        this.card = card;
    }

    /**
     * Opens a package and verifies its weights.
     *
     * @throws ModelException if the folder or a file is missing, the card does not make sense, or the weights are not
     *     those that the card names
     */
    public static ModelPackage load(Path folder) {
        var card = readCard(folder);
        var savedModel = folder.resolve(SAVED_MODEL);
        if (!Files.isRegularFile(savedModel.resolve("saved_model.pb"))) {
            throw new ModelException(savedModel.resolve("saved_model.pb")
                    + ": missing; copy the whole model package again, with everything below " + SAVED_MODEL);
        }
        var promised = card.weights()
                .orElseThrow(() -> new ModelException(folder.resolve(CARD)
                        + ": 'weights' is missing; write the package with this program, which adds their hash"));
        var found = WeightsHash.of(savedModel);
        if (!found.equals(promised.sha256())) {
            throw new ModelException(savedModel + ": the weights are not those of the card (SHA-256 " + found
                    + " instead of " + promised.sha256() + "); copy the model package again from where it came from");
        }
        return new ModelPackage(folder, card);
    }

    /**
     * Reads only the card of a package; the weights may be absent.
     *
     * @throws ModelException if there is no card or it does not make sense
     */
    public static ModelCard readCard(Path folder) {
        var file = folder.resolve(CARD);
        if (!Files.isRegularFile(file)) {
            throw new ModelException(
                    file + ": missing; a model package is a folder with " + CARD + " and " + SAVED_MODEL);
        }
        var card = readCardFile(file);
        var name = folder.toAbsolutePath().normalize().getFileName();
        if (name != null && !name.toString().equals(card.id())) {
            throw new ModelException(
                    file + ": 'id' is '" + card.id() + "', but the folder is named '" + name + "'; rename the folder");
        }
        return card;
    }

    /**
     * Reads a card that lies anywhere.
     *
     * @throws ModelException if the file cannot be read or makes no sense
     */
    public static ModelCard readCardFile(Path file) {
        try {
            return ModelCardJson.read(Files.readAllBytes(file));
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new ModelException(file + ": no such file", e);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read (" + e.getMessage() + "); check its permissions", e);
        }
    }

    /**
     * Writes a package below a folder of models: copies the SavedModel, hashes it and puts the hash on the card. The
     * package appears as a whole or not at all.
     *
     * @param models the folder of models; the package becomes its subfolder with the model's id
     * @param card the card; its weights are replaced
     * @param savedModel the SavedModel to copy
     * @param text the text for people, in Markdown
     * @throws ModelException if a package of that id exists, or the files cannot be written
     */
    public static ModelPackage write(Path models, ModelCard card, Path savedModel, String text) {
        var target = models.resolve(card.id());
        if (Files.exists(target)) {
            throw new ModelException(target + ": already exists; choose another id or delete it");
        }
        try {
            // Not createTempDirectory: nobody but its owner could read what that makes.
            var unfinished = Files.createDirectories(models.resolve("." + card.id() + "-" + UUID.randomUUID()));
            try {
                copy(savedModel, unfinished.resolve(SAVED_MODEL));
                var complete = card.withWeights(new Weights(WeightsHash.of(unfinished.resolve(SAVED_MODEL))));
                Files.write(unfinished.resolve(CARD), ModelCardJson.write(complete));
                Files.writeString(unfinished.resolve(TEXT), text);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(unfinished);
            }
        } catch (IOException e) {
            throw new ModelException(target + ": cannot be written (" + e.getMessage() + ")", e);
        }
        return load(target);
    }

    /** The model's id. */
    public String id() {
        return card.id();
    }

    /** The model's card, with the hash of its weights. */
    public ModelCard card() {
        return card;
    }

    /** The package's folder. */
    public Path folder() {
        return folder;
    }

    /** The folder with the TensorFlow SavedModel. */
    public Path savedModel() {
        return folder.resolve(SAVED_MODEL);
    }

    @Override
    public String toString() {
        return card.id() + " (" + folder + ")";
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            throw new ModelException(from + ": not a folder with a SavedModel");
        }
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
