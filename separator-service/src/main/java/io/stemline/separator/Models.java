package io.stemline.separator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stemline.separation.blind.BlindMethods;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.model.ModelCatalogue;
import io.stemline.separation.model.ModelException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of this service and methods without weights: the active one is loaded at start, others when a track asks for them. */
@Singleton
final class Models {
    private static final Logger LOGGER = LoggerFactory.getLogger(Models.class);

    private static final int TRACKS_WITHOUT_MODEL = 2;

    private final ModelCatalogue catalogue;
    private final String active;
    private final int tracksInFlight;
    private final SeparationEngine engine;

    Models(SeparatorConfig config) {
        this.catalogue = new ModelCatalogue(config.models().folders());
        this.active = config.models().active();
        this.tracksInFlight = config.separator().tracksInFlight();
        this.engine = SeparationEngine.open(SeparationSettings.defaults()
                .withDevice(config.device())
                .withBatchSize(config.separator().batchSize())
                .withThreads(config.separator().threads()));
    }

    void start(@Observes StartupEvent event) {
        try {
            require(active);
        } catch (ModelException e) {
            LOGGER.atError().addKeyValue("model", active).log("The active model cannot be used: {}", e.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        engine.close();
    }

    /**
     * The model for a track, loaded.
     *
     * @param wanted the model that the track asks for; the active one where it asks for none
     * @throws ModelException if there is no such model, or it cannot be used
     */
    String require(Optional<String> wanted) {
        return require(wanted.orElse(active));
    }

    private synchronized String require(String id) {
        boolean loaded = engine.loaded().stream().anyMatch(card -> card.id().equals(id));
        if (!loaded) {
            BlindMethods.find(id).ifPresentOrElse(engine::add, () -> engine.load(catalogue.get(id)));
        }
        return id;
    }

    /** How many tracks are separated at the same time: as configured, or as many as keep the active model busy. */
    int tracksInFlight() {
        if (tracksInFlight > 0) {
            return tracksInFlight;
        }
        try {
            return engine.measureTracksInFlight(require(active));
        } catch (ModelException e) {
            return TRACKS_WITHOUT_MODEL;
        }
    }

    SeparationEngine engine() {
        return engine;
    }
}
