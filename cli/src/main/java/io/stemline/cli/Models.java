package io.stemline.cli;

import io.stemline.separation.blind.BlindMethods;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelCatalogue;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.streaming.NullEstimator;
import io.stemline.separation.streaming.StemEstimator;
import io.stemline.training.folder.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models that commands can be told to use: the bundled ones, those in the data folder, and methods without weights, which
 * are part of the program.
 */
final class Models {

    private static final String DEFAULT_FILE = "default";

    private final Path bundled;
    private final Path own;
    private final ModelCatalogue catalogue;

    Models(Path home, Path dataFolder) {
        this(home, dataFolder, List.of());
    }

    private Models(Path home, Path dataFolder, List<Path> others) {
        this.bundled = home.resolve("models");
        this.own = dataFolder.resolve("models");
        this.catalogue = new ModelCatalogue(
                Stream.concat(Stream.of(bundled, own), others.stream()).toList());
    }

    /** The models, with the one of a model folder that was trained here. */
    static Models withTrained(Path home, Path dataFolder, ModelFolder trained) {
        trained.requireFor(ModelFolder.Purpose.SEPARATION);
        return new Models(home, dataFolder, List.of(trained.exported()));
    }

    /** The folder that new models go to. */
    Path own() {
        return own;
    }

    /** The packages' ids, sorted. */
    List<String> ids() {
        return catalogue.ids();
    }

    /** The id of the model that separates where nobody asks for another one: as chosen in the data folder, or as bundled. */
    String defaultId() {
        return chosenDefault()
                .map(this::known)
                .orElseThrow(() ->
                        CommandFailure.wrongUse("there is no default model (%s is missing); choose one with --model: %s"
                                .formatted(bundled.resolve(DEFAULT_FILE), choice())));
    }

    private Optional<String> chosenDefault() {
        return chosenDefault(own).or(() -> chosenDefault(bundled));
    }

    private static Optional<String> chosenDefault(Path folder) {
        Path file = folder.resolve(DEFAULT_FILE);
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw CommandFailure.because(file + ": cannot be read (" + e + ")");
        }
    }

    /** Makes a model the one that separates where nobody asks for another one. */
    void setDefault(String id) {
        find(id);
        Path file = own.resolve(DEFAULT_FILE);
        try {
            Files.createDirectories(own);
            Path unfinished = Files.writeString(own.resolve("." + DEFAULT_FILE + "-" + UUID.randomUUID()), id + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw CommandFailure.because(file + ": cannot be written (" + e + ")");
        }
    }

    /** The folder of a model that may be removed: one of the data folder's that is not the default. */
    Path removable(String id) {
        Path folder = own.resolve(known(id));
        if (!ids().contains(id) || !Files.isDirectory(folder)) {
            throw CommandFailure.wrongUse("'%s' is part of Stemline and stays".formatted(id));
        }
        if (chosenDefault().filter(id::equals).isPresent()) {
            throw CommandFailure.wrongUse(
                    "'%s' is the default model; choose another one first with 'stemline models set-default'"
                            .formatted(id));
        }
        return folder;
    }

    /** The id that was asked for, or the default. */
    String idOf(Optional<String> wish) {
        return wish.map(this::known).orElseGet(this::defaultId);
    }

    /** A model's package, verified; empty for a method without weights, which has none. */
    Optional<ModelPackage> find(String id) {
        return method(id).isPresent() || isBuiltIn(id) ? Optional.empty() : Optional.of(catalogue.get(known(id)));
    }

    /** The cards of the methods without weights that somebody may want, sorted by id. */
    List<ModelCard> methods() {
        return BlindMethods.cards();
    }

    /** A method without weights, ready to be used; empty if the id is that of something else. */
    Optional<StemEstimator> method(String id) {
        return BlindMethods.find(id);
    }

    /** A model's card. */
    ModelCard card(String id) {
        return isBuiltIn(id)
                ? new NullEstimator().card()
                : Stream.concat(catalogue.cards().stream(), methods().stream())
                        .filter(card -> card.id().equals(known(id)))
                        .findFirst()
                        .orElseThrow();
    }

    private String known(String id) {
        if (!isBuiltIn(id) && method(id).isEmpty() && !ids().contains(id)) {
            throw CommandFailure.wrongUse("there is no model '%s'; there are: %s".formatted(id, choice()));
        }
        return id;
    }

    private String choice() {
        var ids = new TreeSet<>(ids());
        methods().forEach(method -> ids.add(method.id()));
        ids.add(NullEstimator.ID);
        return ids.stream().collect(Collectors.joining(", "));
    }

    private static boolean isBuiltIn(String id) {
        return id.equals(NullEstimator.ID);
    }
}
