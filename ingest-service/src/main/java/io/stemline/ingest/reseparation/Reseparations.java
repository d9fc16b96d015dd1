package io.stemline.ingest.reseparation;

import io.stemline.events.AudioReady;
import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.Origin;
import io.stemline.events.Topics;
import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.batches.Batches;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.reseparation.ReseparationRows.StoredTrack;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.registry.Promotions;
import io.stemline.registry.Slots;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Sends tracks through again, in a batch whose entries wait behind all other work. What was separated before stays as it is.
 *
 * <p>Some tracks at a time, in one transaction each: find them, write their entries as queued, and put {@code audio.ready} into the
 * outbox. A crash in between: the entries that were written are worked off; asking again covers the rest, and a track that has its
 * stems by then is not separated again.
 */
@Singleton
final class Reseparations {
    private static final int TRACKS_A_TRANSACTION = 1000;
    private static final int NAMED_IN_A_SENTENCE = 5;

    private final Jdbi database;
    private final ReseparationRows rows;
    private final Batches batches;
    private final Outbox outbox;
    private final OutboxRelay relay;

    Reseparations(Jdbi database, ReseparationRows rows, Batches batches, Outbox outbox, OutboxRelay relay) {
        this.database = database;
        this.rows = rows;
        this.batches = batches;
        this.outbox = outbox;
        this.relay = relay;
    }

    /** Finds the next tracks after one. */
    @FunctionalInterface
    private interface Search {
        List<StoredTrack> next(Handle transaction, String after);
    }

    /**
     * All tracks whose newest stems come from a model that was active before {@code modelId}. Stems by models that were never active,
     * which somebody asked for by name or a trial made, do not count.
     *
     * @throws ProblemException if that model was never active, or there is no such track
     */
    BatchView olderThan(String modelId, Optional<String> wantedModelId) {
        var active = new ActiveModels(database.withHandle(handle -> Promotions.history(handle, Slots.DEFAULT)));
        Set<String> older = active.olderThan(modelId).orElseThrow(() -> neverActive(modelId, active.all()));
        return send(
                        "older than " + modelId,
                        wantedModelId,
                        (transaction, after) ->
                                rows.older(transaction, active.all(), older, after, TRACKS_A_TRANSACTION))
                .orElseThrow(() -> ProblemException.unusable(
                        "nothing-to-separate",
                        older.isEmpty()
                                ? "no model was active before '%s'".formatted(modelId)
                                : "no track has its newest stems from a model that was active before '%s' (%s)"
                                        .formatted(modelId, String.join(", ", older))));
    }

    /**
     * Tracks by their ids, once each.
     *
     * @throws ProblemException if one of them is not there
     */
    BatchView named(List<String> tracks, Optional<String> wantedModelId) {
        var wanted = new LinkedHashSet<>(tracks);
        requireKnown(wanted);
        return send(
                        "%d tracks again".formatted(wanted.size()),
                        wantedModelId,
                        (transaction, after) -> rows.named(transaction, wanted, after, TRACKS_A_TRANSACTION))
                .orElseThrow();
    }

    private void requireKnown(Set<String> wanted) {
        var missing = new LinkedHashSet<>(wanted);
        missing.removeAll(database.withHandle(handle -> rows.known(handle, wanted)));
        if (!missing.isEmpty()) {
            String some = missing.stream().limit(NAMED_IN_A_SENTENCE).collect(Collectors.joining("', '"));
            throw ProblemException.unusable(
                    "unknown-tracks",
                    missing.size() <= NAMED_IN_A_SENTENCE
                            ? "there is no track '%s'".formatted(some)
                            : "there is no track '%s', and %d more of those named are not there"
                                    .formatted(some, missing.size() - NAMED_IN_A_SENTENCE));
        }
    }

    private static ProblemException neverActive(String modelId, Set<String> active) {
        return ProblemException.unusable(
                "never-active",
                active.isEmpty()
                        ? "no model was ever promoted, so none is older than '%s'".formatted(modelId)
                        : "the model '%s' was never active; these were: %s"
                                .formatted(modelId, String.join(", ", active)));
    }

    private Optional<BatchView> send(String name, Optional<String> modelId, Search search) {
        String batchId = batches.newBatchId();
        String after = "";
        int position = 0;
        while (true) {
            List<StoredTrack> sent = sendSome(batchId, name, modelId, search, after, position);
            if (sent.isEmpty()) {
                return position == 0 ? Optional.empty() : batches.find(batchId);
            }
            relay.nudge();
            after = sent.getLast().trackId();
            position += sent.size();
        }
    }

    private List<StoredTrack> sendSome(
            String batchId, String name, Optional<String> modelId, Search search, String after, int position) {
        try {
            return database.inTransaction(transaction -> {
                List<StoredTrack> tracks = search.next(transaction, after);
                if (position == 0 && !tracks.isEmpty()) {
                    rows.insertBatch(transaction, batchId, name);
                }
                if (!tracks.isEmpty()) {
                    rows.insertItems(transaction, batchId, position, tracks, modelId);
                    outbox.add(transaction.getConnection(), events(batchId, position, tracks, modelId));
                }
                return tracks;
            });
        } catch (SQLException e) {
            throw new IllegalStateException("the tracks of batch %s could not be sent".formatted(batchId), e);
        }
    }

    private static List<OutgoingEvent> events(
            String batchId, int position, List<StoredTrack> tracks, Optional<String> modelId) {
        var events = new ArrayList<OutgoingEvent>();
        for (StoredTrack track : tracks) {
            var origin = new Origin(batchId, batchId + "-" + (position + events.size()));
            var event = new AudioReady(
                    track.trackId(),
                    track.object(),
                    track.name(),
                    track.audio(),
                    track.tags(),
                    track.references(),
                    new AudioReady.Wish(modelId, track.encoding()),
                    Optional.of(origin));
            events.add(new OutgoingEvent(
                    event, ContentIds.event(EventType.AUDIO_READY, origin.itemId()), Topics.AUDIO_READY_LATER));
        }
        return events;
    }
}
