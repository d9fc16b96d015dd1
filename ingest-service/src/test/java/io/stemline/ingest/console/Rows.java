package io.stemline.ingest.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.Encoding;
import io.stemline.audio.peaks.PeakRecorder;
import io.stemline.events.ContentIds;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Tables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Rows as the services write them. */
final class Rows {
    private final Jdbi database;

    Rows(Jdbi database) {
        this.database = database;
    }

    void clear() {
        Tables.clear(
                database,
                "batch",
                "batch_item",
                "track",
                "reference_stem",
                "separation",
                "stem",
                "evaluation",
                "evaluation_score",
                "evaluation_frame",
                "dead_letter",
                "outbox");
    }

    void batch(String batchId, String name) {
        database.useHandle(handle -> handle.execute("insert into batch (batch_id, name) values (?, ?)", batchId, name));
    }

    static String trackId(String itemId) {
        return ContentIds.evaluation(itemId, "track", List.of());
    }

    /** An entry with a track. */
    void entry(String batchId, int position, String state, String title) {
        String itemId = batchId + "-" + position;
        track(trackId(itemId), "tracks/" + itemId + ".wav", title, 44100, 2, 44100L * 185);
        database.useHandle(handle -> handle.execute(
                "insert into batch_item (item_id, batch_id, position, path, name, encoding, state, reason, track_id)"
                        + " values (?, ?, ?, ?, ?, 'wav-float', ?, ?, ?)",
                itemId,
                batchId,
                position,
                "/music/" + itemId + ".wav",
                title,
                state,
                state.equals("FAILED") ? title + ": there is no sound in it" : null,
                trackId(itemId)));
    }

    void track(String trackId, String object, String title, int sampleRateHz, int channels, long lengthFrames) {
        database.useHandle(handle -> handle.execute(
                "insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames, title, artist)"
                        + " values (?, ?, ?, 'wav', ?, ?, ?, ?, 'An Artist')",
                trackId,
                object,
                title,
                sampleRateHz,
                channels,
                lengthFrames,
                title));
    }

    void finish(String itemId) {
        database.useHandle(handle -> handle.execute(
                "update batch_item set state = 'DONE', changed_at = clock_timestamp() where item_id = ?", itemId));
    }

    String state(String itemId) {
        return database.withHandle(handle -> handle.createQuery("select state from batch_item where item_id = :id")
                .bind("id", itemId)
                .mapTo(String.class)
                .one());
    }

    /** Entries that wait for a model. */
    int announced(String modelId) {
        return database.withHandle(handle -> handle.createQuery(
                        "select count(*) from batch_item where model_id = :model and state = 'QUEUED'")
                .bind("model", modelId)
                .mapTo(int.class)
                .one());
    }

    /** A track of two sines, separated into each, with scores; its sound is written as the services write it. */
    String separation(ObjectStore store, int lengthSeconds, String title) {
        int rateHz = lengthSeconds > 60 ? 8000 : 44_100;
        long lengthFrames = (long) lengthSeconds * rateHz;
        String separationId = ContentIds.separation(trackId("listen"), "test-model", Integer.toString(lengthSeconds));
        String below = "separations/" + separationId + "/";
        sines(
                store,
                "tracks/listen-" + lengthSeconds + ".wav",
                below + "peaks/mixture.peaks",
                rateHz,
                lengthFrames,
                440,
                660);
        sines(store, below + "vocals.wav", below + "peaks/vocals.peaks", rateHz, lengthFrames, 440);
        sines(store, below + "other.wav", below + "peaks/other.peaks", rateHz, lengthFrames, 660);
        store.put(
                below + "manifest.json",
                new ByteArrayInputStream("{\"modelId\": \"test-model\", \"encoding\": \"wav-float\"}".getBytes(UTF_8)));
        track(trackId("listen"), "tracks/listen-" + lengthSeconds + ".wav", title, rateHz, 2, lengthFrames);
        database.useHandle(handle -> {
            handle.execute(
                    "insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)"
                            + " values (?, ?, 'test-model', 'wav-float', ?, 2, 'here')",
                    separationId,
                    trackId("listen"),
                    below + "manifest.json");
            handle.execute(
                    "insert into evaluation (evaluation_id, separation_id, protocol, checks, seconds)"
                            + " values (?, ?, 'bsseval-v4/1', '[]', 1)",
                    separationId,
                    separationId);
            int position = 0;
            for (String stem : new String[] {"vocals", "other"}) {
                handle.execute(
                        "insert into stem (separation_id, stem, position, object, peak_db, rms_db) values (?, ?, ?, ?, -6, -9)",
                        separationId,
                        stem,
                        position++,
                        below + stem + ".wav");
                handle.execute(
                        "insert into evaluation_score (evaluation_id, stem, metric, value) values (?, ?, 'SDR', 5.5)",
                        separationId,
                        stem);
                handle.execute(
                        "insert into evaluation_frame (evaluation_id, stem, metric, window_seconds, hop_seconds, scores)"
                                + " select ?, ?, 'SDR', 1, 1, array_agg(case when n % 9 = 3 then 'NaN' else 5 + 3 * sin(n) end)"
                                + " from generate_series(0, ?) n",
                        separationId, stem, lengthSeconds - 1);
            }
        });
        return separationId;
    }

    private static void sines(
            ObjectStore store, String object, String peaksObject, int rateHz, long lengthFrames, int... frequenciesHz) {
        var format = new AudioFormat(rateHz, 2);
        var peaks = new PeakRecorder(format);
        var block = new float[2][rateHz];
        for (int n = 0; n < rateHz; n++) {
            for (int frequencyHz : frequenciesHz) {
                block[0][n] += (float) (0.3 * Math.sin(2 * Math.PI * frequencyHz * n / rateHz));
            }
            block[1][n] = block[0][n];
        }
        try (ObjectStore.Upload upload = store.begin(object)) {
            try (AudioSink sink = AudioFiles.create(upload.path(), format, Encoding.WAV_FLOAT)) {
                for (long done = 0; done < lengthFrames; done += rateHz) {
                    sink.write(block, 0, rateHz);
                    peaks.add(block, 0, rateHz);
                }
            }
            upload.commit();
        }
        var file = new ByteArrayOutputStream();
        try {
            peaks.writeTo(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        store.put(peaksObject, new ByteArrayInputStream(file.toByteArray()));
    }

    void deadLetter(String itemId, String reason) {
        database.useHandle(handle -> handle.execute(
                "insert into dead_letter (dead_letter_id, topic, partition, log_offset, event_key, service, reason, attempt,"
                        + " exception, stack, headers, value, item_id, created_at)"
                        + " values (?, 'stemline.audio.ready', 0, 1, 'key', 'separator-service', ?, 1, 'java.lang.Exception',"
                        + " 'java.lang.Exception: at <init>', '[]', '{}', ?, now())",
                "letter:" + itemId,
                reason,
                itemId));
    }
}
