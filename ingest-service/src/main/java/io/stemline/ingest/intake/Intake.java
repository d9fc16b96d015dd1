package io.stemline.ingest.intake;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stemline.events.AudioReady;
import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.Reference;
import io.stemline.events.ReferencesReady;
import io.stemline.ingest.files.RefusedFileException;
import io.stemline.ingest.references.References;
import io.stemline.ingest.settings.IngestConfig;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.pipeline.tracing.Traces;
import io.stemline.service.ItemStates;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the entries that were accepted. For each, in one database transaction:
 *
 * <ol>
 *   <li>take the entry that has waited longest, so that no other thread or process does;
 *   <li>check, hash and store its file ({@link TrackStorage}). A file that can never be a track: the entry is marked as failed, with
 *       the sentence. A failure that may pass: the transaction is rolled back, and the entry is taken again later
 *       ({@link Postponed}), while others are taken in; what does not pass for an hour is marked as failed;
 *   <li>write the track, its references with its split, and the entry's state;
 *   <li>put {@code audio.ready} into the outbox, but not for an entry of a data set, which ends here; and {@code references.ready}, if
 *       the track was there before and has new references: what was separated of it is then scored again.
 * </ol>
 *
 * A crash at any point leaves the entry as it was, and at worst a file in the object store under the name that it will have anyway.
 */
@Singleton
public final class Intake {
    private static final Logger LOGGER = LoggerFactory.getLogger(Intake.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration TO_STOP = Duration.ofSeconds(10);

    private final Jdbi database;
    private final IntakeRows rows;
    private final TrackStorage storage;
    private final References references;
    private final Outbox outbox;
    private final OutboxRelay relay;
    private final Uploads uploads;
    private final IngestConfig config;
    private final Postponed postponed = new Postponed(InstantSource.system());
    private final Semaphore work = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    Intake(
            Jdbi database,
            IntakeRows rows,
            TrackStorage storage,
            References references,
            Outbox outbox,
            OutboxRelay relay,
            Uploads uploads,
            IngestConfig config) {
        this.database = database;
        this.rows = rows;
        this.storage = storage;
        this.references = references;
        this.outbox = outbox;
        this.relay = relay;
        this.uploads = uploads;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        tidyUploads();
        for (int i = 0; i < config.threads(); i++) {
            threads.add(Thread.ofPlatform().name("intake-" + i).start(this::run));
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join(TO_STOP);
        }
    }

    /** Says that entries were accepted. */
    public void wake() {
        work.release(config.threads());
    }

    private void tidyUploads() {
        try {
            uploads.forgetAbandoned(database.withHandle(rows::awaitedFiles));
        } catch (IOException | RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("Uploads that nobody waits for stay where they are until the next start");
        }
    }

    private void run() {
        while (!stopping) {
            try {
                if (!takeOne()) {
                    boolean woken = work.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                    LOGGER.atTrace().log("looking again, {}", woken ? "woken" : "after a pause");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                pauseAfter(e);
            }
        }
    }

    /** A failure that may pass, and the entry that it came with. */
    private static final class NotTakenInException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient ReceivedItem item;

        NotTakenInException(ReceivedItem item, Exception cause) {
            super("%s: %s".formatted(item.name(), cause.getMessage()), cause);
            this.item = item;
        }
    }

    private void pauseAfter(Exception failure) {
        if (stopping) {
            return;
        }
        if (failure instanceof NotTakenInException entry) {
            postpone(entry);
        }
        LOGGER.atWarn().setCause(failure).log("An entry could not be taken in; it is tried again");
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void postpone(NotTakenInException entry) {
        String itemId = entry.item.origin().itemId();
        if (!postponed.add(itemId)) {
            return;
        }
        try {
            database.useTransaction(transaction -> rows.giveUp(transaction, itemId, entry.getMessage()));
            postponed.forget(itemId);
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("An entry could not be given up yet");
        }
    }

    /** Takes one entry in; whether there was one. */
    private boolean takeOne() throws Exception {
        Optional<ReceivedItem> taken = database.inTransaction(transaction -> {
            Optional<ReceivedItem> item = rows.take(transaction, postponed.now());
            if (item.isPresent()) {
                Traces.during("take in", () -> takeIn(transaction, item.get()));
            }
            return item;
        });
        if (taken.isEmpty()) {
            return false;
        }
        relay.nudge();
        postponed.forget(taken.get().origin().itemId());
        forgetUpload(taken.get());
        return true;
    }

    private void takeIn(Handle transaction, ReceivedItem item) throws NotTakenInException {
        try {
            StoredTrack track = storage.store(item);
            write(transaction, item, track);
            LOGGER.atInfo()
                    .addKeyValue("track", track.trackId())
                    .addKeyValue("seconds", track.audio().seconds())
                    .log("Taken in: {}", item.name());
        } catch (RefusedFileException e) {
            ItemStates.failed(transaction, item.origin().itemId(), e.getMessage());
            LOGGER.atInfo().addKeyValue("item", item.origin().itemId()).log("Refused: {}", e.getMessage());
        } catch (IOException | SQLException | RuntimeException e) {
            throw new NotTakenInException(item, e);
        }
    }

    private void write(Handle transaction, ReceivedItem item, StoredTrack track) throws SQLException {
        String itemId = item.origin().itemId();
        boolean isNew = rows.insert(transaction, item, track);
        boolean newReferences = references.write(transaction, track.trackId(), track.references());
        List<Reference> all = references.of(transaction, track.trackId());
        if (!all.isEmpty()) {
            references.divide(transaction, track.trackId(), track.sounds(), item.split());
        }
        if (item.dataset().isPresent()) {
            rows.join(transaction, item.dataset().get(), track.trackId());
            ItemStates.stored(transaction, itemId, track.trackId());
        } else {
            ItemStates.queued(transaction, itemId, track.trackId());
            outbox.add(transaction.getConnection(), audioReady(item, track, all));
        }
        if (newReferences && !isNew) {
            outbox.add(
                    transaction.getConnection(),
                    new OutgoingEvent(
                            new ReferencesReady(track.trackId(), all),
                            ContentIds.event(EventType.REFERENCES_READY, itemId)));
        }
    }

    private static OutgoingEvent audioReady(ReceivedItem item, StoredTrack track, List<Reference> references) {
        var event = new AudioReady(
                track.trackId(),
                track.object(),
                item.name(),
                track.audio(),
                track.tags(),
                references,
                item.wish(),
                Optional.of(item.origin()));
        return new OutgoingEvent(
                event, ContentIds.event(EventType.AUDIO_READY, item.origin().itemId()));
    }

    private void forgetUpload(ReceivedItem item) {
        try {
            uploads.forget(item.file());
        } catch (IOException e) {
            LOGGER.atWarn().setCause(e).log("An upload that is stored could not be deleted: {}", item.file());
        }
    }
}
