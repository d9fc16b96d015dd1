package io.stemline.registry;

import io.stemline.pipeline.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packages of models in the object store: their files as they are below their folder, the card last, so that where there is a card all
 * files are there.
 */
public final class StoredPackages {
    /** The file that says what a model is. */
    private static final String CARD = "model.json";

    private final ObjectStore store;

    public StoredPackages(ObjectStore store) {
        this.store = store;
    }

    /** The key of the card of a package. */
    public static String cardKey(String prefix) {
        return prefix + CARD;
    }

    /** Whether there is a whole package. */
    public boolean exists(String prefix) {
        return store.exists(cardKey(prefix));
    }

    /** Stores the files of a folder as a package, in place of one that is there. */
    public void put(String prefix, Path folder) throws IOException {
        for (Path file : filesOf(folder)) {
            store.put(prefix + folder.relativize(file).toString().replace('\\', '/'), file);
        }
        store.put(cardKey(prefix), folder.resolve(CARD));
    }

    /**
     * Copies a package into a folder.
     *
     * @throws RegistryException if there is none, or one of its files would lie outside of the folder
     */
    public void copy(String modelId, String prefix, Path folder) throws IOException {
        try (Stream<String> keys = store.list(prefix)) {
            for (String key : keys.toList()) {
                Path file = folder.resolve(key.substring(prefix.length())).normalize();
                if (!file.startsWith(folder.normalize())) {
                    throw new RegistryException(
                            "model '%s': %s would lie outside of its package".formatted(modelId, key));
                }
                Files.createDirectories(file.getParent());
                try (InputStream object = store.get(key)) {
                    Files.copy(object, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        if (!Files.exists(folder.resolve(CARD))) {
            throw new RegistryException(
                    "model '%s': its package is not in the object store (%s)".formatted(modelId, prefix));
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(folder.resolve(CARD)))
                    .toList();
        }
    }
}
