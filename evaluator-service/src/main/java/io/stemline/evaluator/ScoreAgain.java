package io.stemline.evaluator;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import io.stemline.audio.AudioException;
import io.stemline.audio.SoundHash;
import io.stemline.evaluator.ReferenceRows.KnownTrack;
import io.stemline.evaluator.policies.PolicyWatch;
import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.Reference;
import io.stemline.events.ReferencesReady;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.events.ReceivedEvent;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.pipeline.queue.PermanentFailure;
import io.stemline.pipeline.store.MissingObjectException;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.Traits;
import io.stemline.service.Decoding;
import io.stemline.service.Results;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when a track got references:
 *
 * <ol>
 *   <li>the track is not known, or a reference is not in the store: permanent failure;
 *   <li>write the references that are not known yet, as those of other systems are: with their hashes, and a split for the track. What
 *       has become known since the event was said stays;
 *   <li>in one transaction: the event is noted as processed, and every separation of the track is announced again, with the references
 *       and without an origin. Scoring them is an evaluation like any other.
 * </ol>
 *
 * What is separated meanwhile is not missed: whoever evaluates looks up what references there are.
 */
@Singleton
final class ScoreAgain implements EventHandler<ReferencesReady> {
    private static final Logger LOGGER = LoggerFactory.getLogger(ScoreAgain.class);

    private final Jdbi database;
    private final ObjectStore store;
    private final ReferenceRows rows;
    private final Results results;
    private final PolicyWatch policies;
    private final Decoding decoding;

    ScoreAgain(
            Jdbi database,
            ObjectStore store,
            ReferenceRows rows,
            Results results,
            PolicyWatch policies,
            Decoding decoding) {
        this.database = database;
        this.store = store;
        this.rows = rows;
        this.results = results;
        this.policies = policies;
        this.decoding = decoding;
    }

    @Override
    public void handle(ReceivedEvent<ReferencesReady> event) throws SQLException, IOException {
        String trackId = event.event().trackId();
        writeUnknown(event);
        results.record(event.id(), transaction -> announce(transaction, event, trackId));
        policies.nudge();
        LOGGER.atInfo().addKeyValue("track", trackId).log("References came: its separations are scored against them");
    }

    private void writeUnknown(ReceivedEvent<ReferencesReady> event) throws IOException {
        String trackId = event.event().trackId();
        OffsetDateTime saidAt = event.time().orElseGet(() -> OffsetDateTime.now(ZoneOffset.UTC));
        KnownTrack track = database.withHandle(handle -> rows.track(handle, trackId))
                .orElseThrow(() -> new PermanentFailure(
                        "there is no track '%s'; it has to be separated before it can be scored".formatted(trackId)));
        List<Reference> unknown = unknown(event.event());
        Set<String> sounds = new HashSet<>();
        if (!unknown.isEmpty()) {
            mixtureOf(track).ifPresent(sounds::add);
        }
        for (Reference reference : unknown) {
            try (ObjectStore.LocalObject local = store.fetch(reference.object())) {
                String sha256 = new DigestUtils(SHA_256).digestAsHex(local.path());
                soundOf(local.path(), reference.stream()).ifPresent(sounds::add);
                Traits traits = track.sounding(sounds);
                database.useTransaction(
                        transaction -> rows.write(transaction, trackId, traits, reference, sha256, saidAt));
            } catch (MissingObjectException e) {
                throw new PermanentFailure(e.getMessage(), e);
            }
        }
    }

    /** Empty as well where the mixture is gone: references are told from others by their own sound all the same. */
    private Optional<String> mixtureOf(KnownTrack track) {
        try (ObjectStore.LocalObject local = store.fetch(track.object())) {
            return soundOf(local.path(), 0);
        } catch (MissingObjectException e) {
            LOGGER.atDebug().log("Not heard: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Empty for silence, and for what cannot be read: the evaluation says why. */
    private Optional<String> soundOf(Path file, int stream) {
        try {
            return SoundHash.of(file, decoding.asIs().ofStream(stream));
        } catch (AudioException e) {
            LOGGER.atDebug().log("Not heard: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private List<Reference> unknown(ReferencesReady said) {
        var unknown = new ArrayList<Reference>(said.references());
        unknown.removeAll(
                database.withHandle(handle -> rows.of(handle, said.trackId())).values());
        return unknown;
    }

    private List<OutgoingEvent> announce(Handle transaction, ReceivedEvent<ReferencesReady> event, String trackId) {
        List<Reference> references = List.copyOf(rows.of(transaction, trackId).values());
        return rows.separations(transaction, trackId, references).stream()
                .map(separation -> new OutgoingEvent(
                        separation, ContentIds.event(EventType.STEMS_READY, event.id(), separation.separationId())))
                .toList();
    }
}
