package io.stemline.separator;

import io.quarkus.runtime.ShutdownEvent;
import io.stemline.audio.AudioSource;
import io.stemline.separation.blind.BlindMethods;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.streaming.SeparationOptions;
import io.stemline.separation.streaming.SeparationResult;
import io.stemline.separation.streaming.StemOutputs;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in memory. A track uses one model from its beginning to its end; all tracks that use a model at the same time share it.
 *
 * <ul>
 *   <li>A model is loaded for the first track that asks for it, while tracks of other models go on.
 *   <li>One is active: that for tracks that ask for none. When another becomes active, tracks that begin after that use the new one; the
 *       old one leaves when its last track does.
 *   <li>A model that is not active leaves when no track has used it for a while, as a candidate does after its trial.
 * </ul>
 *
 * Methods without weights take no memory to speak of, and stay.
 */
@Singleton
final class LoadedModels {
    private static final Logger LOGGER = LoggerFactory.getLogger(LoadedModels.class);

    private static final int TRACKS_WITHOUT_MODEL = 2;

    /** After the queues, whose running tracks have their time. */
    private static final int LAST = 5000;

    private final ModelPackages packages;
    private final int tracksInFlight;
    private final Duration unloadAfter;
    private final SeparationEngine engine;
    private final Object loading = new Object();
    private final Map<String, Usage> usages = new HashMap<>(); // by model id
    private volatile String active;

    LoadedModels(SeparatorConfig config, ModelPackages packages) {
        this.packages = packages;
        this.active = config.models().active();
        this.unloadAfter = config.models().unloadAfter();
        this.tracksInFlight = config.separator().tracksInFlight();
        this.engine = SeparationEngine.open(SeparationSettings.defaults()
                .withDevice(config.device())
                .withBatchSize(config.separator().batchSize())
                .withThreads(config.separator().threads()));
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        engine.close();
    }

    /** A model in use: it stays in memory until this is closed. */
    final class Use implements AutoCloseable {
        private final String modelId;

        private Use(String modelId) {
            this.modelId = modelId;
        }

        String modelId() {
            return modelId;
        }

        SeparationResult separate(AudioSource mixture, StemOutputs outputs, SeparationOptions options) {
            return engine.separate(modelId, mixture, outputs, options);
        }

        @Override
        public void close() {
            end(modelId);
        }
    }

    /** Who uses a model. */
    private static final class Usage {
        private int tracks;
        private long unusedSinceNanos;
        private boolean replaced;
        private boolean hasWeights;

        boolean isUnusedFor(Duration time) {
            return tracks == 0 && System.nanoTime() - unusedSinceNanos >= time.toNanos();
        }
    }

    /**
     * The model for a track, loaded.
     *
     * @param wanted the model that the track asks for; the active one where it asks for none
     * @throws ModelException if there is no such model, or it cannot be used
     */
    Use use(Optional<String> wanted) {
        return use(wanted, () -> packages.get(wanted.orElseGet(this::active)));
    }

    private Use use(Optional<String> wanted, Supplier<ModelPackage> source) {
        Use use = begin(wanted);
        try {
            load(use.modelId(), source);
            return use;
        } catch (RuntimeException e) {
            use.close();
            throw e;
        }
    }

    /**
     * Makes a model the active one; it is loaded and has separated something before it takes over. A failure changes nothing.
     *
     * @param source the package, asked for unless the model is loaded
     * @throws ModelException if it cannot be used
     */
    void activate(String modelId, Supplier<ModelPackage> source) {
        try (Use use = use(Optional.of(modelId), source)) {
            engine.tryOut(use.modelId());
            synchronized (this) {
                String previous = active;
                active = modelId;
                if (!previous.equals(modelId)) {
                    Optional.ofNullable(usages.get(previous)).ifPresent(usage -> usage.replaced = true);
                    unloadIfReplaced(previous);
                    LOGGER.atInfo()
                            .addKeyValue("model", modelId)
                            .log("Separates from the next track on, in place of {}", previous);
                }
            }
        }
    }

    String active() {
        return active;
    }

    /** Frees the memory of models that are not active and that no track has used for a while. */
    synchronized void unloadUnused() {
        usages.entrySet().removeIf(entry -> {
            Usage usage = entry.getValue();
            boolean leaves = !entry.getKey().equals(active) && usage.isUnusedFor(unloadAfter);
            if (leaves) {
                unload(entry.getKey(), usage);
            }
            return leaves;
        });
    }

    /** How many tracks are separated at the same time: as configured, or as many as keep the active model busy. */
    int tracksInFlight() {
        if (tracksInFlight > 0) {
            return tracksInFlight;
        }
        try (Use use = use(Optional.empty())) {
            return engine.measureTracksInFlight(use.modelId());
        } catch (ModelException e) {
            return TRACKS_WITHOUT_MODEL;
        }
    }

    boolean isLoaded(String modelId) {
        return engine.loaded().stream().anyMatch(card -> card.id().equals(modelId));
    }

    /** Counts the track before the model is loaded: so nobody unloads it in between. */
    private synchronized Use begin(Optional<String> wanted) {
        String modelId = wanted.orElse(active);
        Usage usage = usages.computeIfAbsent(modelId, id -> new Usage());
        usage.tracks++;
        usage.replaced = false;
        return new Use(modelId);
    }

    private synchronized void end(String modelId) {
        Usage usage = usages.get(modelId);
        usage.tracks--;
        usage.unusedSinceNanos = System.nanoTime();
        unloadIfReplaced(modelId);
    }

    private synchronized void unloadIfReplaced(String modelId) {
        Usage usage = usages.get(modelId);
        if (usage != null && usage.replaced && usage.tracks == 0) {
            unload(modelId, usage);
            usages.remove(modelId);
        }
    }

    private void unload(String modelId, Usage usage) {
        if (usage.hasWeights) {
            engine.unload(modelId);
            LOGGER.atInfo().addKeyValue("model", modelId).log("No longer in use, unloaded");
        }
    }

    private void load(String modelId, Supplier<ModelPackage> source) {
        if (isLoaded(modelId)) {
            return;
        }
        synchronized (loading) {
            if (!isLoaded(modelId)) {
                BlindMethods.find(modelId).ifPresentOrElse(engine::add, () -> {
                    engine.load(source.get());
                    noteWeights(modelId);
                });
            }
        }
    }

    private synchronized void noteWeights(String modelId) {
        usages.get(modelId).hasWeights = true;
    }
}
