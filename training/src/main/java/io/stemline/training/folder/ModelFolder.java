package io.stemline.training.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a model that is trained:
 *
 * <pre>
 * my_model
 *   config.json       all settings
 *   parent.txt        id of the model whose weights it started from, if it did
 *   checkpoint/       from which training goes on
 *   runs/             curves for TensorBoard, and history.csv with the same figures
 *   curves.svg        loss, validation and learning rate so far
 *   images/           spectrograms and waveforms of separated validation examples
 *   audio/            snippets of them
 *   evaluation.csv    scores on test tracks
 *   exported/         the model package that separators run
 * </pre>
 */
public final class ModelFolder {

    /** What a folder is wanted for, which decides what must be there. */
    public enum Purpose {
        /** Settings are shown or changed: there must be some. */
        CONFIGURATION,
        /** There must be settings, and files must be writable. */
        TRAINING,
        /** There must be settings and a checkpoint. */
        EVALUATION,
        /** As for evaluation. */
        EXPORT,
        /** There must be an exported package. */
        SEPARATION
    }

    private static final String PACKAGE_CARD = "model.json";
    private static final String PARENT = "parent.txt";

    private final Path path;

    private ModelFolder(Path path) {
        this.path = path;
    }

    /** The model folder at a path, which need not be there yet. */
    public static ModelFolder at(Path path) {
        return new ModelFolder(path);
    }

    public Path path() {
        return path;
    }

    /** The name of the model. */
    public String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "model" : name.toString();
    }

    /** The id of its package: the name in lower case, with dashes for what ids do not have. */
    public String modelId() {
        String id = name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
        return Character.isLetterOrDigit(id.charAt(0)) ? id : "model" + id;
    }

    /** {@code config.json} */
    public Path configuration() {
        return path.resolve("config.json");
    }

    /** Id of the model whose weights this one started from, as {@code parent.txt} says. */
    public Optional<String> parent() {
        Path file = path.resolve(PARENT);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new FolderException(file + ": cannot be read (" + Reasons.of(e) + ")", e);
        }
    }

    /** Writes down the id of the model whose weights this one starts from. */
    public void keepParent(Optional<String> modelId) {
        Path file = path.resolve(PARENT);
        try {
            if (modelId.isEmpty()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new FolderException(file + ": cannot be deleted (" + Reasons.of(e) + ")", e);
        }
        modelId.ifPresent(id -> WholeFile.writeText(file, id + "\n"));
    }

    /** {@code checkpoint/} */
    public Path checkpoints() {
        return path.resolve("checkpoint");
    }

    /** A file in {@code checkpoint/}. */
    public Path checkpoint(String fileName) {
        return checkpoints().resolve(fileName);
    }

    /** {@code runs/} */
    public Path runs() {
        return path.resolve("runs");
    }

    /** {@code runs/history.csv} */
    public Path history() {
        return runs().resolve("history.csv");
    }

    /** {@code curves.svg} */
    public Path curves() {
        return path.resolve("curves.svg");
    }

    /** {@code images/} */
    public Path images() {
        return path.resolve("images");
    }

    /** {@code audio/} */
    public Path audio() {
        return path.resolve("audio");
    }

    /** {@code evaluation.csv} */
    public Path evaluation() {
        return path.resolve("evaluation.csv");
    }

    /** {@code exported/}, the folder of packages, which holds the one of this {@link #modelId}. */
    public Path exported() {
        return path.resolve("exported");
    }

    /** Whether there is a checkpoint: a finished file in its folder. */
    public boolean hasCheckpoint() {
        if (!Files.isDirectory(checkpoints())) {
            return false;
        }
        try (Stream<Path> files = Files.list(checkpoints())) {
            return files.anyMatch(file ->
                    Files.isRegularFile(file) && !file.getFileName().toString().endsWith(WholeFile.UNFINISHED));
        } catch (IOException e) {
            throw new FolderException(checkpoints() + ": cannot be read (" + Reasons.of(e) + ")", e);
        }
    }

    /** Whether there is an exported package. */
    public boolean hasPackage() {
        return Files.isRegularFile(exported().resolve(modelId()).resolve(PACKAGE_CARD));
    }

    /**
     * Makes the folder for a new model.
     *
     * @throws FolderException if there is a model already, or something else is in the way
     */
    public ModelFolder create() {
        if (Files.exists(configuration())) {
            throw new FolderException(
                    path + ": there is a model of this name already; change its settings, or choose another name");
        }
        requireNoFile();
        if (Files.isDirectory(path) && holdsSomething()) {
            throw new FolderException(path + ": the folder holds other files and no model; choose another name");
        }
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new FolderException(path + ": the folder cannot be made (" + Reasons.of(e) + ")", e);
        }
        return this;
    }

    /**
     * Makes sure that all is there.
     *
     * @throws FolderException with what is missing or in the way, and what to do about it
     */
    public ModelFolder requireFor(Purpose purpose) {
        requireNoFile();
        if (!Files.exists(path)) {
            throw new FolderException(
                    path + ": there is no such model folder; `stemline config " + path + " ARCHITECTURE` makes one");
        }
        switch (purpose) {
            case CONFIGURATION -> requireConfiguration();
            case TRAINING -> {
                requireConfiguration();
                requireFolders();
            }
            case EVALUATION, EXPORT -> {
                requireConfiguration();
                requireCheckpoint();
            }
            case SEPARATION -> requirePackage();
        }
        return this;
    }

    /**
     * Keeps other trainers out until the lock is closed or the process ends.
     *
     * @throws FolderException if another one is at work
     */
    public FolderLock lock() {
        return FolderLock.of(path);
    }

    private void requireNoFile() {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new FolderException(path + ": is a file; a model needs a folder");
        }
    }

    private boolean holdsSomething() {
        try (Stream<Path> files = Files.list(path)) {
            return files.anyMatch(file -> !file.getFileName().toString().startsWith("."));
        } catch (IOException e) {
            throw new FolderException(path + ": cannot be read (" + Reasons.of(e) + ")", e);
        }
    }

    private void requireConfiguration() {
        if (!Files.isRegularFile(configuration())) {
            throw new FolderException(path + ": is no model folder, because it has no config.json; `stemline config "
                    + path + " ARCHITECTURE` makes one");
        }
    }

    private void requireFolders() {
        if (!Files.isWritable(path)) {
            throw new FolderException(path + ": nothing can be written there (access denied)");
        }
        Stream.of(checkpoints(), runs(), images(), audio(), exported()).forEach(folder -> {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new FolderException(folder + ": is a file where training needs a folder; move it away");
            }
        });
    }

    private void requireCheckpoint() {
        if (!hasCheckpoint()) {
            throw new FolderException(
                    path + ": has no checkpoint yet; `stemline train " + path + " DATASET` makes the first");
        }
    }

    private void requirePackage() {
        if (!hasPackage()) {
            throw new FolderException(path + ": has no exported model yet; "
                    + exported().resolve(modelId()) + " appears when training ends");
        }
    }
}
