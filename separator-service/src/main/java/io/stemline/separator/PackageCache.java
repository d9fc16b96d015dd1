package io.stemline.separator;

import io.stemline.pipeline.store.ObjectStore;
import io.stemline.pipeline.store.StoreException;
import io.stemline.registry.RegistryException;
import io.stemline.registry.StoredPackages;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packages from the object store as folders on this machine: {@code <folder>/<model id>-<weights' hash>/<model id>}.
 *
 * <ol>
 *   <li>It is there and whole: that is all. It is there and broken: it is removed.
 *   <li>Copy it into a folder beside, and verify its weights. It is broken: remove it, and say so.
 *   <li>Rename the folder. Another process was quicker: take that one's, which is the same.
 * </ol>
 */
final class PackageCache {
    private static final Logger LOGGER = LoggerFactory.getLogger(PackageCache.class);

    private final Path folder;
    private final StoredPackages stored;

    PackageCache(Path folder, ObjectStore store) {
        this.folder = folder.toAbsolutePath().normalize();
        this.stored = new StoredPackages(store);
    }

    /**
     * @throws ModelException if the store has no such package, or it is not what it should be
     * @throws StoreException if the store or the disk does not work
     */
    ModelPackage get(String modelId, String prefix, String weightsSha256) {
        Path place = folder.resolve(modelId + "-" + weightsSha256);
        if (!place.normalize().equals(place) || !folder.equals(place.getParent())) {
            throw new ModelException("'%s' cannot be the id of a model".formatted(modelId));
        }
        try {
            if (Files.isDirectory(place.resolve(modelId))) {
                try {
                    return verified(place.resolve(modelId), weightsSha256);
                } catch (ModelException e) {
                    LOGGER.atWarn().addKeyValue("model", modelId).log("Fetched again: {}", e.getMessage());
                    delete(place);
                }
            }
            fetch(modelId, prefix, weightsSha256, place);
            return verified(place.resolve(modelId), weightsSha256);
        } catch (IOException e) {
            throw new StoreException(
                    "model %s cannot be kept in %s (%s)".formatted(modelId, folder, e.getMessage()), e);
        }
    }

    private void fetch(String modelId, String prefix, String weightsSha256, Path place) throws IOException {
        Path unfinished = folder.resolve(".unfinished-" + UUID.randomUUID());
        try {
            Files.createDirectories(unfinished.resolve(modelId));
            copy(modelId, prefix, unfinished.resolve(modelId));
            verified(unfinished.resolve(modelId), weightsSha256);
            moveUnlessThere(unfinished, place);
        } finally {
            delete(unfinished);
        }
    }

    private void copy(String modelId, String prefix, Path target) throws IOException {
        try {
            stored.copy(modelId, prefix, target);
        } catch (RegistryException e) {
            throw new ModelException(e.getMessage(), e);
        }
    }

    private static void moveUnlessThere(Path unfinished, Path place) throws IOException {
        try {
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            }
        }
    }

    private static ModelPackage verified(Path packageFolder, String weightsSha256) {
        ModelPackage model = ModelPackage.load(packageFolder);
        String found = model.card().weights().orElseThrow().sha256();
        if (!found.equals(weightsSha256)) {
            throw new ModelException(
                    "model '%s': its package has other weights (%s) than those that were registered (%s)"
                            .formatted(model.id(), found, weightsSha256));
        }
        return model;
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
