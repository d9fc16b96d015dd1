package io.stemline.trainer.trials;

import io.stemline.events.AudioReady;
import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.ModelTrained;
import io.stemline.events.Origin;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.events.ReceivedEvent;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.pipeline.queue.PermanentFailure;
import io.stemline.registry.Models;
import io.stemline.registry.Split;
import io.stemline.separation.model.ModelCard;
import io.stemline.service.Results;
import io.stemline.trainer.ActiveModel;
import io.stemline.trainer.ModelPackages;
import io.stemline.trainer.ReferencedTracks;
import io.stemline.trainer.ReferencedTracks.ReferencedTrack;
import io.stemline.trainer.TrainerConfig;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a candidate to the test. In one transaction:
 *
 * <ol>
 *   <li>the event is noted as processed;
 *   <li>there is a trial of the candidate: nothing more. The candidate is not registered: permanent failure;
 *   <li>a batch is written with two entries for each test track: one for the candidate, one for the active model, and
 *       {@code audio.ready} for each goes into the outbox. They go the way of all tracks;
 *   <li>the trial is written as open. The {@link Gate} decides when all entries have ended.
 * </ol>
 */
@Singleton
public final class BeginTrial implements EventHandler<ModelTrained> {
    private static final Logger LOGGER = LoggerFactory.getLogger(BeginTrial.class);
    private static final String ENCODING = "wav-float";

    private final ReferencedTracks tracks;
    private final ModelPackages packages;
    private final Results results;
    private final TrainerConfig config;
    private final ActiveModel active;

    BeginTrial(
            ReferencedTracks tracks,
            ModelPackages packages,
            Results results,
            TrainerConfig config,
            ActiveModel active) {
        this.tracks = tracks;
        this.packages = packages;
        this.results = results;
        this.config = config;
        this.active = active;
    }

    @Override
    public void handle(ReceivedEvent<ModelTrained> event) throws SQLException {
        String candidateId = event.event().modelId();
        ModelCard card = packages.card(candidateId)
                .orElseThrow(() -> new PermanentFailure(
                        "%s: its package is not in the object store; train it again".formatted(candidateId)));
        results.record(event.id(), transaction -> begin(transaction, event.event(), card));
    }

    private List<OutgoingEvent> begin(Handle transaction, ModelTrained trained, ModelCard card) {
        String candidateId = trained.modelId();
        if (Models.find(transaction, candidateId).isEmpty()) {
            throw new PermanentFailure("%s: not registered; train it again".formatted(candidateId));
        }
        String activeId = active.id(transaction);
        String batchId = "trial-" + candidateId;
        int begun = transaction
                .createUpdate(
                        "insert into batch (batch_id, name, purpose) values (:id, :name, 'TRIAL') on conflict do nothing")
                .bind("id", batchId)
                .bind("name", "%s beside %s".formatted(candidateId, activeId))
                .execute();
        if (begun == 0) {
            return List.of();
        }
        List<ReferencedTrack> chosen = tracks.of(transaction, Split.TEST, card.stems()).stream()
                .limit(config.trialTracks())
                .toList();
        transaction
                .createUpdate("""
                        insert into trial (trial_id, candidate_id, active_id, request_id, batch_id, metric, state)
                        values (:batchId, :candidateId, :activeId,
                                (select request_id from training_run where run_id = :runId), :batchId, :metric, 'OPEN')
                        """)
                .bind("batchId", batchId)
                .bind("candidateId", candidateId)
                .bind("activeId", activeId)
                .bind("runId", trained.trainingRunId())
                .bind("metric", config.metric())
                .execute();
        LOGGER.atInfo()
                .addKeyValue("model", candidateId)
                .log("To be judged beside {} on {} test tracks", activeId, chosen.size());
        return entries(transaction, batchId, List.of(candidateId, activeId), chosen);
    }

    private static List<OutgoingEvent> entries(
            Handle transaction, String batchId, List<String> modelIds, List<ReferencedTrack> chosen) {
        List<OutgoingEvent> events = new ArrayList<>();
        for (ReferencedTrack track : chosen) {
            for (String modelId : modelIds) {
                var origin = new Origin(batchId, batchId + "-" + events.size());
                insert(transaction, origin, events.size(), track, modelId);
                events.add(audioReady(track, modelId, origin));
            }
        }
        return events;
    }

    private static void insert(Handle transaction, Origin origin, int position, ReferencedTrack track, String modelId) {
        transaction
                .createUpdate("""
                        insert into batch_item (item_id, batch_id, position, path, name, model_id, encoding, state, track_id)
                        values (:itemId, :batchId, :position, :object, :name, :modelId, :encoding, 'QUEUED', :trackId)
                        """)
                .bind("itemId", origin.itemId())
                .bind("batchId", origin.batchId())
                .bind("position", position)
                .bind("object", track.object())
                .bind("name", track.name())
                .bind("modelId", modelId)
                .bind("encoding", ENCODING)
                .bind("trackId", track.trackId())
                .execute();
    }

    private static OutgoingEvent audioReady(ReferencedTrack track, String modelId, Origin origin) {
        var event = new AudioReady(
                track.trackId(),
                track.object(),
                track.name(),
                track.audio(),
                track.tags(),
                track.references(),
                new AudioReady.Wish(Optional.of(modelId), ENCODING),
                Optional.of(origin));
        return new OutgoingEvent(event, ContentIds.event(EventType.AUDIO_READY, origin.itemId()));
    }
}
