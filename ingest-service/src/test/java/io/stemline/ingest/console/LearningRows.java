package io.stemline.ingest.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stemline.events.ContentIds;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Tables;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Models, requests, runs and trials as the services write them. */
final class LearningRows {
    private final Jdbi database;
    private final Rows rows;

    LearningRows(Jdbi database) {
        this.database = database;
        this.rows = new Rows(database);
    }

    void clear() {
        Tables.clear(
                database,
                "track",
                "split_key",
                "dataset",
                "batch",
                "retraining_request",
                "joined_request",
                "promotion",
                "slot",
                "model",
                "training_run",
                "trial",
                "dead_letter",
                "outbox");
    }

    void model(ObjectStore store, String modelId, String parentId, String runId, String state, String reason) {
        database.useHandle(handle -> handle.execute(
                """
                insert into model (model_id, package_prefix, weights_sha256, parent_model_id, run_id, state, reason)
                values (?, ?, ?, ?, ?, ?, ?)
                """, modelId, "models/" + modelId + "/", hash(modelId, "weights"), parentId, runId, state, reason));
        card(store, modelId, "# %s\n\nSeparates.\n".formatted(modelId));
    }

    static void card(ObjectStore store, String modelId, String markdown) {
        store.put("models/" + modelId + "/MODEL_CARD.md", new ByteArrayInputStream(markdown.getBytes(UTF_8)));
    }

    /** A track separated by a model with one metric of one stem. */
    String scored(String modelId, String song, String stem, String metric, double valueDb) {
        String trackId = Rows.trackId(song);
        String separationId = ContentIds.separation(trackId, modelId, "wav-float");
        database.useHandle(handle -> {
            if (handle.select("select 1 from track where track_id = ?", trackId)
                    .mapTo(int.class)
                    .findOne()
                    .isEmpty()) {
                rows.track(trackId, "tracks/" + song + ".wav", song, 44_100, 2, 44_100L * 200);
            }
            handle.execute(
                    "insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)"
                            + " values (?, ?, ?, 'wav-float', 'm', 2, 'studio:1') on conflict do nothing",
                    separationId,
                    trackId,
                    modelId);
            handle.execute(
                    "insert into stem (separation_id, stem, position, object, peak_db, rms_db)"
                            + " values (?, ?, 0, ?, -6, -9) on conflict do nothing",
                    separationId,
                    stem,
                    stemKey(separationId, stem));
            handle.execute(
                    "insert into evaluation (evaluation_id, separation_id, protocol, checks, seconds)"
                            + " values (?, ?, 'bsseval-v4/1', '[]', 1) on conflict do nothing",
                    evaluationId(separationId),
                    separationId);
            handle.execute(
                    "insert into evaluation_score (evaluation_id, stem, metric, value) values (?, ?, ?, ?)",
                    evaluationId(separationId),
                    stem,
                    metric,
                    valueDb);
        });
        return separationId;
    }

    static String stemKey(String separationId, String stem) {
        return "separations/%s/%s.wav".formatted(separationId, stem);
    }

    static String evaluationId(String separationId) {
        return hash(separationId, "bsseval-v4/1");
    }

    void request(String requestId, String modelId, String reason, String evidenceJson) {
        database.useHandle(handle -> handle.execute("""
                insert into retraining_request (request_id, slot, model_id, policy, reason, evidence)
                values (?, 'default', ?, 'floor', ?, ?::jsonb)
                """, requestId, modelId, reason, evidenceJson));
    }

    void joined(String requestId, String policy, String reason) {
        database.useHandle(handle -> handle.execute(
                "insert into joined_request (request_id, policy, reason, evidence) values (?, ?, ?, '[]')",
                requestId,
                policy,
                reason));
    }

    /** A run of 1,000 steps that got better, and learned from a song. */
    void run(String runId, String requestId, String candidateId, String parentId, String song) {
        database.useHandle(handle -> {
            handle.execute("""
                    insert into training_run (run_id, request_id, candidate_id, parent_model_id, configuration, dataset_sha256,
                                              code_version, seed, state, worker, step, steps, validation_db, ended_at)
                    values (?, ?, ?, ?, '{"batchSize": 4}', ?, '0.1', 7, 'TRAINED', 'studio:2', 1000, 1000, 4.25, now())
                    """, runId, requestId, candidateId, parentId, hash(runId, "data"));
            handle.execute(
                    "insert into training_run_track values (?, ?, 'TRAIN', ?)",
                    runId,
                    Rows.trackId(song),
                    hash(song, "references"));
            handle.execute("""
                    insert into training_run_point
                    select ?, n * 20, 0.9 * exp(-n / 20.0) + 0.02 * sin(n), 4.5 - 6 * exp(-n / 15.0) + 0.15 * sin(n * 1.7), n
                    from generate_series(1, 50) n
                    """, runId);
        });
    }

    void trial(String candidateId, String activeId, String requestId, String state, String reason) {
        rows.batch("trial-" + candidateId, "trial of " + candidateId);
        database.useHandle(handle -> handle.execute(
                """
                insert into trial (trial_id, candidate_id, active_id, request_id, batch_id, metric, state, reason, figures,
                                   decided_at)
                values (?, ?, ?, ?, ?, 'SI-SDR', ?, ?, ?::jsonb, now())
                """,
                "trial-of-" + candidateId,
                candidateId,
                activeId,
                requestId,
                "trial-" + candidateId,
                state,
                reason,
                """
                {"metric": "SI-SDR", "byTrack": {"a": 0.5, "b": 1.5}, "byStem": {"drums": -0.2, "vocals": 2.2},
                 "mean": 1.0, "low": 0.4, "high": 1.6, "failed": 1, "leftOut": 3}
                """));
    }

    void dataset(String name, String song, String split) {
        rows.batch("data-" + name, "data set " + name);
        database.useHandle(handle -> {
            handle.execute("insert into dataset (dataset) values (?)", name);
            handle.execute("update track set split = ? where track_id = ?", split, Rows.trackId(song));
            handle.execute("insert into dataset_track values (?, ?)", name, Rows.trackId(song));
            handle.execute(
                    "insert into reference_stem (track_id, stem, object) values (?, 'vocals', 'o'), (?, 'other', 'p')",
                    Rows.trackId(song),
                    Rows.trackId(song));
            handle.execute(
                    "update batch set purpose = 'REFERENCES', dataset = ? where batch_id = ?", name, "data-" + name);
            handle.execute("""
                    insert into batch_item (item_id, batch_id, position, path, name, encoding, state, reason)
                    values (?, ?, 0, '/music/Broken <i>song</i>.wav', 'Broken', 'wav-float', 'FAILED', ?)
                    """, "refused-" + name, "data-" + name, "Broken <i>song</i>.wav: has no true stems");
        });
    }

    private static String hash(String one, String other) {
        return ContentIds.evaluation(one, other, List.of());
    }

    String text(String sql) {
        return database.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }
}
