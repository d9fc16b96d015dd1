package io.stemline.separation.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The models below several folders. Folders are looked at anew with every question, so a model that arrives while the
 * program runs is found. Where two folders hold a model of the same id, the earlier folder wins.
 */
public final class ModelCatalogue {

    private final List<Path> folders;

    /**
     * A catalogue.
     *
     * @param folders the folders whose subfolders are model packages; one that does not exist holds no model
     */
    public ModelCatalogue(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** The ids of all models, sorted. */
    public List<String> ids() {
        return List.copyOf(packages().keySet());
    }

    /**
     * The cards of all models, sorted by id.
     *
     * @throws ModelException if a card does not make sense
     */
    public List<ModelCard> cards() {
        return packages().values().stream().map(ModelPackage::readCard).toList();
    }

    /** Opens and verifies a model, if there is one of that id. */
    public Optional<ModelPackage> find(String id) {
        return Optional.ofNullable(packages().get(id)).map(ModelPackage::load);
    }

    /**
     * Opens and verifies a model.
     *
     * @throws ModelException if there is no such model (the message lists those there are) or it cannot be loaded
     */
    public ModelPackage get(String id) {
        return find(id).orElseThrow(() -> new ModelException("no model '" + id + "'; " + choice()));
    }

    private String choice() {
        var ids = ids();
        return ids.isEmpty() ? "there is none in " + folders : "there are: " + String.join(", ", ids);
    }

    private Map<String, Path> packages() {
        var packages = new TreeMap<String, Path>();
        for (var folder : folders) {
            for (var candidate : subfolders(folder)) {
                packages.putIfAbsent(String.valueOf(candidate.getFileName()), candidate);
            }
        }
        return packages;
    }

    private static List<Path> subfolders(Path folder) {
        var packages = new ArrayList<Path>();
        if (!Files.isDirectory(folder)) {
            return packages;
        }
        try (var children = Files.newDirectoryStream(folder)) {
            for (var child : children) {
                if (Files.isRegularFile(child.resolve(ModelPackage.CARD))
                        && !String.valueOf(child.getFileName()).startsWith(".")) {
                    packages.add(child);
                }
            }
        } catch (IOException e) {
            throw new ModelException(folder + ": cannot be read (" + e.getMessage() + ")", e);
        }
        return packages;
    }
}
