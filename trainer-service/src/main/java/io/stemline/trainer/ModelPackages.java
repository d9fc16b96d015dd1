package io.stemline.trainer;

import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.Models;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Model packages in the object store. The card is stored last: where there is a card, all files are there. */
@Singleton
public final class ModelPackages {
    private final ObjectStore store;

    ModelPackages(ObjectStore store) {
        this.store = store;
    }

    /** Whether the package of a model is there. */
    public boolean exists(String modelId) {
        return store.exists(cardKey(modelId));
    }

    /** The card of a model; empty if its package is not there. */
    public Optional<ModelCard> card(String modelId) {
        if (!exists(modelId)) {
            return Optional.empty();
        }
        try (ObjectStore.LocalObject card = store.fetch(cardKey(modelId))) {
            return Optional.of(ModelPackage.readCardFile(card.path()));
        }
    }

    /**
     * Copies a package to this machine and verifies it.
     *
     * @param folder of packages; the copy becomes its subfolder with the model's id
     * @throws ModelException if it is not whole
     */
    public ModelPackage fetch(String modelId, Path folder) throws IOException {
        String prefix = Models.packagePrefix(modelId);
        Path target = folder.resolve(modelId);
        try (Stream<String> keys = store.list(prefix)) {
            for (String key : (Iterable<String>) keys::iterator) {
                Path file = target.resolve(key.substring(prefix.length()));
                Files.createDirectories(file.getParent());
                try (InputStream content = store.get(key)) {
                    Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return ModelPackage.load(target);
    }

    /** Stores a package. */
    public void put(ModelPackage model) throws IOException {
        for (Path file : files(model.folder())) {
            store.put(key(model, file), file);
        }
        store.put(cardKey(model.id()), model.folder().resolve(ModelPackage.CARD));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(folder.resolve(ModelPackage.CARD)))
                    .toList();
        }
    }

    private static String key(ModelPackage model, Path file) {
        return Models.packagePrefix(model.id())
                + model.folder().relativize(file).toString().replace('\\', '/');
    }

    private static String cardKey(String modelId) {
        return Models.packagePrefix(modelId) + ModelPackage.CARD;
    }
}
