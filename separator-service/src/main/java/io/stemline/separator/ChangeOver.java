package io.stemline.separator;

import io.quarkus.runtime.ShutdownEvent;
import io.stemline.events.ModelPromoted;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.topics.CompactedTopic;
import io.stemline.registry.Promotions;
import io.stemline.registry.RegisteredModel;
import io.stemline.registry.Slots;
import io.stemline.separation.SeparationException;
import io.stemline.separation.model.ModelException;
import io.stemline.service.Preparation;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the active model the one that was promoted last.
 *
 * <ol>
 *   <li>At the start, before the first track: register the configured model, with its package in the store. That fails: it is said, and
 *       tried again at the next start.
 *   <li>Read {@code model.promoted} to its end. The broker does not answer in time, or there is nothing: ask the registry.
 *   <li>Load the promoted model; without one, that of the configuration.
 *   <li>From then on, with every promotion: fetch the package, load it beside the old one, switch between two tracks. The package is
 *       broken, or the store away: the old one stays active, the log and the readiness say so, and it is tried again every minute and
 *       with the next promotion.
 * </ol>
 */
@Singleton
final class ChangeOver implements Preparation {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChangeOver.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final SeparatorConfig.Models config;
    private final Broker broker;
    private final Jdbi database;
    private final ModelPackages packages;
    private final LoadedModels models;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("models").factory());
    private volatile Optional<CompactedTopic<ModelPromoted>> followed = Optional.empty();
    private Optional<Promoted> wanted = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();

    private record Promoted(String modelId, String prefix, String weightsSha256) {}

    ChangeOver(SeparatorConfig config, Broker broker, Jdbi database, ModelPackages packages, LoadedModels models) {
        this.config = config.models();
        this.broker = broker;
        this.database = database;
        this.packages = packages;
        this.models = models;
    }

    @Override
    public void prepare() throws InterruptedException {
        register();
        var topic = CompactedTopic.follow(
                broker, Topics.MODEL_PROMOTED, ModelPromoted.class, received -> promoted(received.event()));
        followed = Optional.of(topic);
        if (!topic.awaitCaughtUp(config.promotionPatience())) {
            LOGGER.atWarn()
                    .addKeyValue("topic", Topics.MODEL_PROMOTED)
                    .log("Not read to its end in time; the registry says what is active");
        }
        synchronized (this) {
            if (wanted.isEmpty()) {
                database.withHandle(handle -> Promotions.active(handle, Slots.DEFAULT))
                        .ifPresent(this::take);
            }
            if (!models.isLoaded(models.active())) {
                loadConfigured();
            }
        }
        looks.scheduleWithFixedDelay(
                this::lookAfter, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        looks.shutdownNow();
        followed.ifPresent(CompactedTopic::close);
    }

    /** Which model separates, and whether it should be another. Does not wait for a model that is being loaded. */
    String sentence() {
        return trouble.orElseGet(() -> models.active() + " is active");
    }

    private void register() {
        try {
            packages.register(config.active());
        } catch (RuntimeException e) {
            LOGGER.atError()
                    .addKeyValue("model", config.active())
                    .log("The configured model is not registered: {}", e.getMessage());
        }
    }

    private void loadConfigured() {
        try (LoadedModels.Use use = models.use(Optional.empty())) {
            LOGGER.atInfo().addKeyValue("model", use.modelId()).log("Separates");
        } catch (ModelException e) {
            trouble = Optional.of("the active model cannot be used: " + e.getMessage());
            LOGGER.atError()
                    .addKeyValue("model", models.active())
                    .log("The active model cannot be used: {}", e.getMessage());
        }
    }

    private synchronized void promoted(ModelPromoted event) {
        if (event.slot().equals(Slots.DEFAULT)) {
            take(new Promoted(event.modelId(), event.packagePrefix(), event.weightsSha256()));
        }
    }

    private void take(RegisteredModel model) {
        take(new Promoted(model.modelId(), model.packagePrefix(), model.weightsSha256()));
    }

    private synchronized void take(Promoted model) {
        wanted = Optional.of(model);
        try {
            models.activate(
                    model.modelId(), () -> packages.get(model.modelId(), model.prefix(), model.weightsSha256()));
            trouble = Optional.empty();
        } catch (RuntimeException e) {
            said(model, e);
        }
    }

    private void said(Promoted model, RuntimeException e) {
        String sentence = "model %s was promoted and cannot be used (%s); %s stays active"
                .formatted(model.modelId(), e.getMessage(), models.active());
        if (!trouble.equals(Optional.of(sentence))) {
            LOGGER.atError()
                    .addKeyValue("model", model.modelId())
                    .setCause(e instanceof SeparationException ? null : e)
                    .log("{}", sentence);
        }
        trouble = Optional.of(sentence);
    }

    private void lookAfter() {
        try {
            models.unloadUnused();
            synchronized (this) {
                wanted.filter(model -> !model.modelId().equals(models.active())).ifPresent(this::take);
                if (wanted.isEmpty() && models.isLoaded(models.active())) {
                    trouble = Optional.empty();
                }
            }
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("Models could not be looked after; it is tried again");
        }
    }
}
