package io.stemline.trainer;

import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.Models;
import io.stemline.registry.RegistryException;
import io.stemline.registry.StoredPackages;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Model packages in the object store, by the model's id. */
@Singleton
public final class ModelPackages {
    private final ObjectStore store;
    private final StoredPackages stored;

    ModelPackages(ObjectStore store) {
        this.store = store;
        this.stored = new StoredPackages(store);
    }

    /** Whether the package of a model is there. */
    public boolean exists(String modelId) {
        return stored.exists(Models.packagePrefix(modelId));
    }

    /** The card of a model; empty if its package is not there. */
    public Optional<ModelCard> card(String modelId) {
        if (!exists(modelId)) {
            return Optional.empty();
        }
        try (ObjectStore.LocalObject card = store.fetch(StoredPackages.cardKey(Models.packagePrefix(modelId)))) {
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
        Path target = folder.resolve(modelId);
        try {
            stored.copy(modelId, Models.packagePrefix(modelId), target);
        } catch (RegistryException e) {
            throw new ModelException(e.getMessage(), e);
        }
        return ModelPackage.load(target);
    }

    /** Stores a package. */
    public void put(ModelPackage model) throws IOException {
        stored.put(Models.packagePrefix(model.id()), model.folder());
    }
}
