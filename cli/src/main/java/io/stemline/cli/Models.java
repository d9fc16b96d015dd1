package io.stemline.cli;

import io.stemline.separation.blind.BlindMethods;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelCatalogue;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.streaming.NullEstimator;
import io.stemline.separation.streaming.StemEstimator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models that commands can be told to use: the bundled ones, those in the data folder, and methods without weights, which
 * are part of the program.
 */
final class Models {

    private static final String DEFAULT_FILE = "default";

    private final Path bundled;
    private final ModelCatalogue catalogue;

    Models(Path home, Path dataFolder) {
        this.bundled = home.resolve("models");
        this.catalogue = new ModelCatalogue(List.of(bundled, dataFolder.resolve("models")));
    }

    /** The packages' ids, sorted. */
    List<String> ids() {
        return catalogue.ids();
    }

    /** The id of the model that separates where nobody asks for another one. */
    String defaultId() {
        Path file = bundled.resolve(DEFAULT_FILE);
        try {
            return known(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            throw CommandFailure.wrongUse(
                    "there is no default model (%s is missing); choose one with --model: %s".formatted(file, choice()));
        } catch (IOException e) {
            throw CommandFailure.because(file + ": cannot be read (" + e + ")");
        }
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
