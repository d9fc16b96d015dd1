package io.stemline.separator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.audio.AudioFileAccessException;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioSource;
import io.stemline.audio.DecodingLimitException;
import io.stemline.audio.Encoding;
import io.stemline.audio.NoSuchStreamException;
import io.stemline.audio.NotAudioException;
import io.stemline.audio.UnsupportedAudioException;
import io.stemline.events.AudioReady;
import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.StemsReady;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.events.ReceivedEvent;
import io.stemline.pipeline.outbox.ResultTransaction.Effect;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.pipeline.queue.PermanentFailure;
import io.stemline.pipeline.store.MissingObjectException;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.separation.SeparationException;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.streaming.SeparationOptions;
import io.stemline.separation.streaming.SeparationResult;
import io.stemline.separation.streaming.StemSummary;
import io.stemline.service.Decoding;
import io.stemline.service.Results;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job of this service:
 *
 * <ol>
 *   <li>the event was processed before: done. So an event that comes again after a change of the active model separates nothing twice;
 *   <li>find the model, which stays in memory to the end; there is none of that id, or it cannot be used: permanent failure;
 *   <li>the separation exists, row and manifest: skip to 6;
 *   <li>fetch the track and separate it into temporary files. Not audio, beyond a limit of decoding, or gone from the store: permanent
 *       failure. Anything else may
 *       pass;
 *   <li>make the stems and their peaks objects, then the manifest: where there is a manifest, all of it is there;
 *   <li>in one transaction: the event is noted as processed, track, separation, stems and the entry's state are written, and
 *       {@code stems.ready} goes into the outbox.
 * </ol>
 *
 * Every id and name follows from the event, so repeating any step after a crash ends in the same rows and files.
 */
@Singleton
final class SeparateTrack implements EventHandler<AudioReady> {
    private static final Logger LOGGER = LoggerFactory.getLogger(SeparateTrack.class);

    private final LoadedModels models;
    private final ObjectStore store;
    private final SeparationRows rows;
    private final Results results;
    private final EventPublisher publisher;
    private final ObjectMapper json;
    private final String worker;
    private final Decoding decoding;

    SeparateTrack(
            LoadedModels models,
            ObjectStore store,
            SeparationRows rows,
            Results results,
            EventPublisher publisher,
            ObjectMapper json,
            SeparatorConfig config,
            Decoding decoding) {
        this.models = models;
        this.store = store;
        this.rows = rows;
        this.results = results;
        this.publisher = publisher;
        this.json = json;
        this.worker = config.worker();
        this.decoding = decoding;
    }

    @Override
    public void handle(ReceivedEvent<AudioReady> event) throws SQLException {
        if (results.isRecorded(event.id())) {
            LOGGER.atInfo()
                    .addKeyValue("track", event.event().trackId())
                    .log("Was done: {}", event.event().name());
            return;
        }
        try (LoadedModels.Use model = modelFor(event.event())) {
            separate(event, model);
        }
    }

    private void separate(ReceivedEvent<AudioReady> event, LoadedModels.Use model) throws SQLException {
        var job = new SeparationJob(event.event(), model.modelId(), encodingOf(event.event()));
        Optional<SeparationRows.Known> known =
                rows.find(job.separationId()).filter(separation -> store.exists(separation.manifest()));
        StemsReady result = known.isPresent() ? again(job, known.get()) : separate(job, model);
        Effect effect = results.record(event.id(), transaction -> {
            rows.write(
                    transaction, job.track(), result, job.track().separation().encoding(), worker);
            return List.of(new OutgoingEvent(result, ContentIds.event(EventType.STEMS_READY, event.id())));
        });
        LOGGER.atInfo()
                .addKeyValue("track", job.track().trackId())
                .addKeyValue("separation", job.separationId())
                .addKeyValue("model", job.modelId())
                .addKeyValue("seconds", result.seconds())
                .log(
                        "{}: {}",
                        effect == Effect.DUPLICATE || known.isPresent() ? "Was there" : "Separated",
                        job.track().name());
    }

    private LoadedModels.Use modelFor(AudioReady track) {
        try {
            return models.use(track.separation().modelId());
        } catch (ModelException e) {
            throw new PermanentFailure(e.getMessage(), e);
        }
    }

    private static Encoding encodingOf(AudioReady track) {
        String wanted = track.separation().encoding();
        return Encoding.spelled(wanted)
                .orElseThrow(() -> new PermanentFailure(
                        "the encoding '%s' is not one that stems can be written in".formatted(wanted)));
    }

    private static StemsReady again(SeparationJob job, SeparationRows.Known known) {
        return stemsReady(job, known.stems(), known.seconds());
    }

    private StemsReady separate(SeparationJob job, LoadedModels.Use model) {
        try (var uploads = new StemUploads(store, job.prefix(), job.encoding());
                var peaks = new PeakUploads(store, job.prefix());
                ObjectStore.LocalObject file = store.fetch(job.track().object());
                AudioSource mixture = AudioFiles.open(file.path(), decoding.asIs())) {
            SeparationResult result = model.separate(
                    peaks.of(mixture),
                    peaks.of(uploads),
                    SeparationOptions.none()
                            .withLengthFrames(job.track().audio().lengthFrames())
                            .withListener(new SeparationProgress(publisher, job.track())));
            store.commitAll(Stream.concat(uploads.uploads().stream(), peaks.write().stream())
                    .toList());
            store.put(job.manifest(), new ByteArrayInputStream(write(Manifest.of(job, result, Instant.now()))));
            List<StemsReady.Stem> stems =
                    result.stems().stream().map(stem -> stem(uploads, stem)).toList();
            return stemsReady(job, stems, result.duration().toMillis() / 1e3);
        } catch (MissingObjectException
                | NotAudioException
                | NoSuchStreamException
                | UnsupportedAudioException
                | DecodingLimitException e) {
            throw new PermanentFailure("%s: %s".formatted(job.track().name(), e.getMessage()), e);
        } catch (SeparationException e) {
            if (mayPass(e)) {
                throw e;
            }
            throw new PermanentFailure("%s: %s".formatted(job.track().name(), e.getMessage()), e);
        }
    }

    /** What the disk or the memory refuses may pass; what the audio or the model brings about does not. */
    private static boolean mayPass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof AudioFileAccessException
                    || cause instanceof OutOfMemoryError
                    || cause instanceof InterruptedException) {
                return true;
            }
        }
        return Thread.currentThread().isInterrupted();
    }

    private static StemsReady.Stem stem(StemUploads uploads, StemSummary stem) {
        return new StemsReady.Stem(stem.stem(), uploads.objectOf(stem.stem()), stem.peakDbfs(), stem.rmsDbfs());
    }

    private static StemsReady stemsReady(SeparationJob job, List<StemsReady.Stem> stems, double seconds) {
        return new StemsReady(
                job.track().trackId(),
                job.separationId(),
                job.modelId(),
                job.track().object(),
                stems,
                job.manifest(),
                seconds,
                job.track().references(),
                Optional.of(job.track().origin().orElseGet(() -> Elsewhere.entryOf(job.separationId()))));
    }

    private byte[] write(Manifest manifest) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + manifest, e);
        }
    }
}
