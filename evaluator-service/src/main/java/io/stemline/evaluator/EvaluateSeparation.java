package io.stemline.evaluator;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFileAccessException;
import io.stemline.audio.Encoding;
import io.stemline.evaluation.Check;
import io.stemline.evaluation.EvaluationException;
import io.stemline.evaluation.ReferenceFreeChecks;
import io.stemline.evaluation.StemFile;
import io.stemline.evaluation.TrackScorer;
import io.stemline.evaluation.TrackScores;
import io.stemline.evaluation.TrackWarning;
import io.stemline.evaluator.policies.PolicyWatch;
import io.stemline.events.ContentIds;
import io.stemline.events.EvaluationCompleted;
import io.stemline.events.EventType;
import io.stemline.events.StemsReady;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.events.ReceivedEvent;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.pipeline.queue.PermanentFailure;
import io.stemline.pipeline.store.MissingObjectException;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.Decoding;
import io.stemline.service.Results;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job of this service:
 *
 * <ol>
 *   <li>look which references the track has by now; the evaluation exists under this protocol and against these: skip to 5;
 *   <li>check the stems without references. A file is gone or is no audio: permanent failure. The disk fails or is full: that may pass;
 *   <li>score them against the references, where there are any. References that cannot be compared are a warning beside the
 *       evaluation, not a failure: the stems are good without them. The disk for decoded audio fails or is full: that may pass;
 *   <li>in one transaction: the event is noted as processed, scores, frames, checks and the entry's state are written, and
 *       {@code evaluation.completed} goes into the outbox;
 *   <li>the policies look whether a better model is needed.
 * </ol>
 */
@Singleton
final class EvaluateSeparation implements EventHandler<StemsReady> {
    private static final Logger LOGGER = LoggerFactory.getLogger(EvaluateSeparation.class);
    private static final Set<String> LOSSY_EXTENSIONS = Arrays.stream(Encoding.values())
            .filter(encoding -> !encoding.lossless())
            .map(Encoding::extension)
            .collect(Collectors.toUnmodifiableSet());

    private final ObjectStore store;
    private final EvaluationRows rows;
    private final PolicyWatch policies;
    private final Results results;
    private final TrackScorer scorer;
    private final Decoding decoding;

    EvaluateSeparation(
            ObjectStore store,
            EvaluationRows rows,
            Results results,
            PolicyWatch policies,
            EvaluatorConfig config,
            Decoding decoding)
            throws IOException {
        this.store = store;
        this.rows = rows;
        this.policies = policies;
        this.results = results;
        this.decoding = decoding;
        int threads =
                config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
        this.scorer = new TrackScorer(Files.createDirectories(config.scratch()), threads);
    }

    @Override
    public void handle(ReceivedEvent<StemsReady> event) throws SQLException {
        StemsReady separation = rows.withNewestReferences(event.event());
        String evaluationId =
                ContentIds.evaluation(separation.separationId(), TrackScorer.PROTOCOL, separation.references());
        Evaluation evaluation = rows.find(evaluationId).orElseGet(() -> evaluate(separation));
        var completed = new EvaluationCompleted(
                evaluationId,
                separation.trackId(),
                separation.separationId(),
                separation.modelId(),
                TrackScorer.PROTOCOL,
                evaluation.scores(),
                evaluation.checks(),
                separation.origin());
        results.record(event.id(), transaction -> {
            rows.write(transaction, completed, separation.references(), evaluation);
            return List.of(new OutgoingEvent(completed, ContentIds.event(EventType.EVALUATION_COMPLETED, event.id())));
        });
        policies.nudge();
        LOGGER.atInfo()
                .addKeyValue("track", separation.trackId())
                .addKeyValue("separation", separation.separationId())
                .addKeyValue("model", separation.modelId())
                .addKeyValue("seconds", evaluation.seconds())
                .log(
                        "Evaluated: {} scores, {} of {} checks passed",
                        evaluation.scores().size(),
                        evaluation.checks().stream()
                                .filter(EvaluationCompleted.Check::passed)
                                .count(),
                        evaluation.checks().size());
    }

    private Evaluation evaluate(StemsReady separation) {
        long start = System.nanoTime();
        try (var stems = new LocalStems(store, decoding)) {
            List<StemFile> estimates = stems.estimates(separation);
            List<Check> checks = ReferenceFreeChecks.of(stems.mixture(separation), estimates, isLossless(separation));
            TrackScores scores = score(stems, separation, estimates);
            return Evaluation.of(scores, checks, (System.nanoTime() - start) / 1e9);
        } catch (AudioFileAccessException e) {
            throw e;
        } catch (MissingObjectException | AudioException e) {
            throw new PermanentFailure(e.getMessage(), e);
        }
    }

    private TrackScores score(LocalStems stems, StemsReady separation, List<StemFile> estimates) {
        if (separation.references().isEmpty()) {
            return new TrackScores(List.of(), List.of(), List.of());
        }
        try {
            return scorer.score(stems.references(separation), estimates);
        } catch (MissingObjectException | AudioException | EvaluationException e) {
            if (e instanceof AudioFileAccessException || e.getCause() instanceof IOException) {
                throw e;
            }
            var warning = new TrackWarning(TrackWarning.Kind.NOT_SCORED, "not scored: " + e.getMessage());
            return new TrackScores(List.of(), List.of(), List.of(warning));
        }
    }

    private static boolean isLossless(StemsReady separation) {
        return separation.stems().stream()
                .map(StemsReady.Stem::object)
                .noneMatch(object -> LOSSY_EXTENSIONS.contains(object.substring(object.lastIndexOf('.') + 1)));
    }
}
