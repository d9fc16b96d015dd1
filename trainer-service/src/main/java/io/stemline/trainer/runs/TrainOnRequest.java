package io.stemline.trainer.runs;

import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.ModelTrained;
import io.stemline.events.RetrainingRequested;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.events.ReceivedEvent;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.pipeline.queue.PermanentFailure;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.Models;
import io.stemline.registry.RetrainingRequests;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import io.stemline.service.Results;
import io.stemline.trainer.ModelPackages;
import io.stemline.trainer.TrainerConfig;
import io.stemline.trainer.runs.Run.State;
import io.stemline.training.datasets.TrackList;
import io.stemline.training.process.TrainingOrder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a candidate because somebody asked for a better model:
 *
 * <ol>
 *   <li>Find the run of the request, or plan it ({@link RunPlan}) and write it down with the hashes of all that it learns from. It has
 *       ended: there is nothing to do. There are too few tracks, or settings that cannot be: the run is written as failed.
 *   <li>Take the run. Another trainer is at work on it: wait until it has ended it, or nothing was heard of it for too long.
 *   <li>The candidate's package is in the object store: skip to 7.
 *   <li>Fetch all files and verify their hashes. One is gone or is another: the run fails, and the sentence names the file.
 *   <li>Train in a process of its own ({@link SupervisedTraining}), from the checkpoint in the object store if there is one. It dies:
 *       it is started again. This service is stopped or killed: whoever gets the request goes on from the last checkpoint.
 *   <li>Store the package, the card last, and wait until all rows of the run's course are written.
 *   <li>In one transaction: the event is noted as processed, the candidate is registered, the run has ended, and {@code model.trained}
 *       goes into the outbox.
 * </ol>
 *
 * A run that fails ends its request too, with the sentence as its outcome. While the database is away training goes on.
 */
@Singleton
public final class TrainOnRequest implements EventHandler<RetrainingRequested> {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrainOnRequest.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final RunPlan plan;
    private final RunRows rows;
    private final ModelPackages packages;
    private final ObjectStore store;
    private final Jdbi database;
    private final Results results;
    private final EventPublisher publisher;
    private final TrainerConfig config;

    TrainOnRequest(
            RunPlan plan,
            RunRows rows,
            ModelPackages packages,
            ObjectStore store,
            Jdbi database,
            Results results,
            EventPublisher publisher,
            TrainerConfig config) {
        this.plan = plan;
        this.rows = rows;
        this.packages = packages;
        this.store = store;
        this.database = database;
        this.results = results;
        this.publisher = publisher;
        this.config = config;
    }

    @Override
    public void handle(ReceivedEvent<RetrainingRequested> event) throws Exception {
        Optional<Run> run = ofRequest(event.event());
        while (run.isPresent() && !run.get().state().ended()) {
            if (rows.take(run.get().runId())) {
                work(event.id(), run.get());
            } else {
                Thread.sleep(BETWEEN_LOOKS);
            }
            run = rows.ofRequest(event.event().requestId());
        }
    }

    /** The run of a request; empty if the request was closed without one. */
    private Optional<Run> ofRequest(RetrainingRequested request) throws IOException {
        Optional<Run> known = rows.ofRequest(request.requestId());
        if (known.isPresent() || !isOpen(request)) {
            return known;
        }
        RunPlan.Planned planned = plan.of(request);
        database.useTransaction(transaction -> {
            if (rows.begin(transaction, planned.run(), planned.tracks())) {
                planned.run().reason().ifPresent(reason -> close(transaction, planned.run(), reason));
            }
        });
        LOGGER.atInfo()
                .addKeyValue("model", planned.run().candidateId())
                .addKeyValue("request", request.requestId())
                .log(
                        "{}",
                        planned.run()
                                .reason()
                                .map(reason -> "Not trained: " + reason)
                                .orElse("To be trained on %d tracks %s, because %s"
                                        .formatted(planned.tracks().size(), start(planned.run()), request.reason())));
        return rows.ofRequest(request.requestId());
    }

    private static String start(Run run) {
        return run.fromScratch()
                .map(why -> "from random weights (%s)".formatted(why))
                .orElse("from the weights of " + run.parentModelId());
    }

    private boolean isOpen(RetrainingRequested request) {
        return database.withHandle(handle -> handle.createQuery(
                                "select closed_at is null from retraining_request where request_id = :id")
                        .bind("id", request.requestId())
                        .mapTo(Boolean.class)
                        .findOne())
                .orElseThrow(() -> new PermanentFailure(
                        "%s: nobody has written this request down; ask through the API or 'stemline retrain'"
                                .formatted(request.requestId())));
    }

    private void work(String eventId, Run run) throws Exception {
        Path folder = config.scratch().resolve(run.runId());
        try {
            FileUtils.deleteDirectory(folder.toFile());
            Files.createDirectories(folder);
            register(eventId, run, packageOf(run, folder));
        } catch (RefusedRunException e) {
            fail(eventId, run, e.getMessage());
        } catch (LeaseLostException e) {
            LOGGER.atWarn().addKeyValue("model", run.candidateId()).log(e.getMessage());
        } catch (InterruptedException e) {
            giveBack(run);
            throw e;
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    /** Others need not wait until nothing was heard of this trainer for too long. */
    private void giveBack(Run run) {
        try {
            rows.giveBack(run.runId());
        } catch (JdbiException e) {
            LOGGER.atWarn().addKeyValue("model", run.candidateId()).log("Not given back: {}", e.getMessage());
        }
    }

    private ModelPackage packageOf(Run run, Path folder) throws RefusedRunException, IOException, InterruptedException {
        if (packages.exists(run.candidateId())) {
            try {
                return packages.fetch(run.candidateId(), folder.resolve("known"));
            } catch (ModelException e) {
                LOGGER.atWarn().addKeyValue("model", run.candidateId()).log("Made anew: {}", e.getMessage());
            }
        }
        return train(run, folder);
    }

    private ModelPackage train(Run run, Path folder) throws RefusedRunException, IOException, InterruptedException {
        List<RunTrack> tracks = plan.tracksOf(run);
        try (var files = new RunData(store)) {
            TrainingOrder order = order(run, folder, files, tracks);
            order.write(folder);
            Path checkpoint = order.checkpoint(folder);
            restore(run, checkpoint);
            var journal = new RunJournal(run, rows, store, publisher, checkpoint);
            Path exported = new SupervisedTraining(run, folder, journal, config).finish();
            ModelPackage candidate = ModelPackage.load(exported);
            packages.put(candidate);
            journal.catchUp();
            return candidate;
        } catch (ModelException e) {
            throw new RefusedRunException(e.getMessage(), e);
        }
    }

    private TrainingOrder order(Run run, Path folder, RunData files, List<RunTrack> tracks)
            throws RefusedRunException, IOException {
        var journal = new RunJournal(run, rows, store, publisher, folder.resolve("none"));
        TrackList fetched = files.fetch(run, tracks, journal::flushNowAndThen);
        return new TrainingOrder(
                run.candidateId(),
                run.configuration(),
                fetched,
                parent(run, folder),
                config.minutes() > 0 ? Optional.of(config.minutes()) : Optional.empty(),
                config.threads(),
                run.codeVersion());
    }

    /** The package to start from, where a run does. */
    private Optional<Path> parent(Run run, Path folder) throws IOException {
        return run.fromScratch().isEmpty()
                ? Optional.of(packages.fetch(run.parentModelId(), folder.resolve("parent"))
                        .folder())
                : Optional.empty();
    }

    private void restore(Run run, Path checkpoint) throws IOException {
        if (store.exists(run.checkpointKey())) {
            Files.createDirectories(checkpoint.getParent());
            try (var stored = store.get(run.checkpointKey())) {
                Files.copy(stored, checkpoint);
            }
            LOGGER.atInfo().addKeyValue("model", run.candidateId()).log("Going on from the last checkpoint");
        }
    }

    private void register(String eventId, Run run, ModelPackage candidate) throws SQLException {
        String weights = candidate.card().weights().orElseThrow().sha256();
        results.record(eventId, transaction -> {
            rows.end(transaction, run.runId(), State.TRAINED, Optional.empty());
            Models.registerCandidate(transaction, run.candidateId(), weights, trainedFrom(run), run.runId());
            var trained = new ModelTrained(
                    run.candidateId(),
                    Optional.of(run.parentModelId()),
                    run.runId(),
                    Models.packagePrefix(run.candidateId()),
                    weights);
            return List.of(new OutgoingEvent(trained, ContentIds.event(EventType.MODEL_TRAINED, run.runId())));
        });
        LOGGER.atInfo().addKeyValue("model", run.candidateId()).log("Trained");
    }

    private static Optional<String> trainedFrom(Run run) {
        return run.fromScratch().isEmpty() ? Optional.of(run.parentModelId()) : Optional.empty();
    }

    private void fail(String eventId, Run run, String reason) throws SQLException {
        results.record(eventId, transaction -> {
            rows.end(transaction, run.runId(), State.FAILED, Optional.of(reason));
            close(transaction, run, reason);
            return List.of();
        });
        LOGGER.atError().addKeyValue("model", run.candidateId()).log("Not trained: {}", reason);
    }

    private static void close(Handle transaction, Run run, String reason) {
        RetrainingRequests.close(transaction, run.requestId(), "FAILED: " + reason);
    }
}
