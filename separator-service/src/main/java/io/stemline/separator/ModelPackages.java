package io.stemline.separator;

import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.Models;
import io.stemline.registry.RegisteredModel;
import io.stemline.registry.StoredPackages;
import io.stemline.separation.model.ModelCatalogue;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;

/**
 * Where packages of models are found: in the installed folders, or in the object store, for those that the registry knows. An id means
 * one and the same weights for ever, so an installed package of other weights than the registry's does not count.
 */
@Singleton
final class ModelPackages {
    private final ModelCatalogue installed;
    private final PackageCache cache;
    private final StoredPackages stored;
    private final Jdbi database;

    ModelPackages(SeparatorConfig config, ObjectStore store, Jdbi database) {
        this.installed = new ModelCatalogue(config.models().folders());
        this.cache = new PackageCache(config.models().cache(), store);
        this.stored = new StoredPackages(store);
        this.database = database;
    }

    /**
     * A package, verified.
     *
     * @throws ModelException if there is none of that id (the message lists those there are), or it cannot be used
     */
    ModelPackage get(String modelId) {
        Optional<RegisteredModel> registered = database.withHandle(handle -> Models.find(handle, modelId));
        return registered
                .map(model -> get(modelId, model.packagePrefix(), model.weightsSha256()))
                .or(() -> installed.find(modelId))
                .orElseThrow(() -> new ModelException(
                        "no model '%s'; there are: %s".formatted(modelId, String.join(", ", ids()))));
    }

    /**
     * A package of these very weights.
     *
     * @param prefix where it lies in the object store
     * @throws ModelException if there is none, or it cannot be used
     */
    ModelPackage get(String modelId, String prefix, String weightsSha256) {
        return installed
                .find(modelId)
                .filter(model -> weightsOf(model).equals(weightsSha256))
                .orElseGet(() -> cache.get(modelId, prefix, weightsSha256));
    }

    /**
     * Registers an installed model, with its package in the object store: so that there is a way back to it, and other machines find
     * it. Nothing happens if there is no such package, or all that has been done.
     *
     * @throws ModelException if the package cannot be used
     * @throws io.stemline.registry.RegistryException if a model of that id with other weights is registered
     * @throws io.stemline.pipeline.store.StoreException if the store does not take it
     */
    void register(String modelId) {
        Optional<ModelPackage> model = installed.find(modelId);
        if (model.isPresent()) {
            database.useTransaction(transaction -> {
                Models.registerInstalled(transaction, modelId, weightsOf(model.get()));
                put(modelId, model.get());
            });
        }
    }

    private void put(String modelId, ModelPackage model) {
        String prefix = Models.packagePrefix(modelId);
        if (stored.exists(prefix)) {
            return;
        }
        try {
            stored.put(prefix, model.folder());
        } catch (IOException e) {
            throw new ModelException(model.folder() + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private List<String> ids() {
        var ids = new TreeSet<>(installed.ids());
        database.withHandle(Models::all).stream().map(RegisteredModel::modelId).forEach(ids::add);
        return List.copyOf(ids);
    }

    private static String weightsOf(ModelPackage model) {
        return model.card().weights().orElseThrow().sha256();
    }
}
