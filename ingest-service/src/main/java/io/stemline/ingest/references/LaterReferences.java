package io.stemline.ingest.references;

import io.stemline.events.AudioReady;
import io.stemline.events.Reference;
import io.stemline.events.ReferencesReady;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import io.stemline.ingest.files.RefusedFileException;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.registry.Split;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a track that is there its true stems.
 *
 * <ol>
 *   <li>Check all files. One cannot be a reference of this track: all are refused, and the sentence names each that is to blame.
 *   <li>Store them under their hashes. A failure leaves at worst objects under the names that they will have anyway.
 *   <li>In one transaction: write the rows, give the track its split, and put {@code references.ready} into the outbox unless nothing
 *       is new.
 * </ol>
 */
@Singleton
final class LaterReferences {
    private static final Logger LOGGER = LoggerFactory.getLogger(LaterReferences.class);

    private final Jdbi database;
    private final ReferenceStorage storage;
    private final References rows;
    private final Outbox outbox;
    private final OutboxRelay relay;

    LaterReferences(Jdbi database, ReferenceStorage storage, References rows, Outbox outbox, OutboxRelay relay) {
        this.database = database;
        this.storage = storage;
        this.rows = rows;
        this.outbox = outbox;
        this.relay = relay;
    }

    TrackReferences add(String trackId, List<ReferenceFile> files) throws IOException, SQLException {
        AudioReady.Audio track = database.withHandle(handle -> rows.audio(handle, trackId))
                .orElseThrow(() -> ProblemException.notFound("track", trackId));
        List<StoredReference> stored = store(trackId, track, files);
        Set<String> sounds = sounds(trackId, stored);
        TrackReferences result = database.inTransaction(transaction -> {
            boolean changed = rows.write(transaction, trackId, stored);
            Split split = rows.divide(transaction, trackId, sounds, Optional.empty());
            List<Reference> references = rows.of(transaction, trackId);
            if (changed) {
                outbox.add(transaction.getConnection(), OutgoingEvent.once(new ReferencesReady(trackId, references)));
            }
            return new TrackReferences(
                    trackId, split, references.stream().map(Reference::stem).toList(), changed);
        });
        relay.nudge();
        LOGGER.atInfo()
                .addKeyValue("track", trackId)
                .addKeyValue("split", result.split())
                .log("References: {}", result.changed() ? result.stems() : "nothing new");
        return result;
    }

    private Set<String> sounds(String trackId, List<StoredReference> stored) {
        Set<String> sounds = new HashSet<>();
        stored.forEach(reference -> reference.sound().ifPresent(sounds::add));
        String object = database.withHandle(handle -> rows.object(handle, trackId));
        storage.soundOf(object).ifPresent(sounds::add);
        return sounds;
    }

    private List<StoredReference> store(String trackId, AudioReady.Audio track, List<ReferenceFile> files)
            throws IOException {
        var refusals = new ArrayList<String>();
        for (ReferenceFile file : files) {
            try {
                storage.check(track, file);
            } catch (RefusedFileException e) {
                refusals.add(e.getMessage());
            }
        }
        if (!refusals.isEmpty()) {
            throw ProblemException.unusable("references-refused", String.join("; ", refusals));
        }
        var stored = new ArrayList<StoredReference>();
        for (ReferenceFile file : files) {
            try {
                stored.add(storage.store(trackId, track, file));
            } catch (RefusedFileException e) {
                throw ProblemException.unusable("references-refused", e.getMessage());
            }
        }
        return stored;
    }
}
