package io.stemline.separator;

import io.stemline.pipeline.store.ObjectStore;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A package in the object store: its files as they are below its folder, the card last, so that where there is a card all is there. */
final class StoredPackage {
    private StoredPackage() {}

    /** Stores a package under a prefix unless it is there. */
    static void put(ObjectStore store, String prefix, ModelPackage model) {
        if (store.exists(prefix + ModelPackage.CARD)) {
            return;
        }
        for (Path file : filesOf(model.folder())) {
            store.put(prefix + model.folder().relativize(file).toString().replace('\\', '/'), file);
        }
        store.put(prefix + ModelPackage.CARD, model.folder().resolve(ModelPackage.CARD));
    }

    /**
     * Copies a package from the store into a folder.
     *
     * @throws ModelException if there is none
     */
    static void copy(ObjectStore store, String prefix, String modelId, Path folder) throws IOException {
        try (Stream<String> keys = store.list(prefix)) {
            for (String key : keys.toList()) {
                Path file = folder.resolve(key.substring(prefix.length())).normalize();
                if (!file.startsWith(folder)) {
                    throw new ModelException("model '%s': %s would lie outside of its package".formatted(modelId, key));
                }
                Files.createDirectories(file.getParent());
                try (InputStream object = store.get(key)) {
                    Files.copy(object, file);
                }
            }
        }
        if (!Files.exists(folder.resolve(ModelPackage.CARD))) {
            throw new ModelException(
                    "model '%s': its package is not in the object store (%s)".formatted(modelId, prefix));
        }
    }

    private static List<Path> filesOf(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(folder.resolve(ModelPackage.CARD)))
                    .toList();
        } catch (IOException e) {
            throw new ModelException(folder + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
