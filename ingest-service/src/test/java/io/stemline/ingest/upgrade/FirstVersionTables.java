package io.stemline.ingest.upgrade;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.stemline.local.EmbeddedDatabase;
import io.stemline.service.testing.Backends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** As the backends of other tests, but the database is what the first version of the tables left, with rows of every kind. */
public final class FirstVersionTables implements QuarkusTestResourceLifecycleManager {
    static final String TRACK = "a".repeat(64);
    static final String SEPARATION = "b".repeat(64);
    static final String EVALUATION = "c".repeat(64);
    static final String BATCH = "20260101-120000-old1";

    private static final String ROWS = """
            insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames, title, artist, warnings)
            values ('%1$s', 'tracks/%1$s/source.wav', 'old song', 'wav', 44100, 2, 441000, 'Alt', 'Ärger', '{"cut"}');
            insert into reference_stem (track_id, stem, object) values ('%1$s', 'vocals', 'tracks/%1$s/references/vocals.wav');
            insert into batch (batch_id, name, created_at) values ('%4$s', 'an old batch', '2026-01-01T12:00:00Z');
            insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)
            values ('%2$s', '%1$s', 'unet-1', 'wav-float', 'separations/%2$s/manifest.json', 12.5, 'w');
            insert into stem (separation_id, stem, position, object, peak_db, rms_db)
            values ('%2$s', 'vocals', 0, 'separations/%2$s/vocals.wav', -1, -20),
                   ('%2$s', 'other', 1, 'separations/%2$s/other.wav', '-Infinity', '-Infinity');
            insert into evaluation (evaluation_id, separation_id, protocol, checks, seconds)
            values ('%3$s', '%2$s', 'bsseval-v4/1',
                    '[{"name": "stems-add-up", "passed": true, "value": 0.0, "detail": "they do"}]', 3);
            insert into evaluation_score (evaluation_id, stem, metric, value)
            values ('%3$s', 'vocals', 'SDR', 7.25), ('%3$s', 'vocals', 'SIR', 'NaN');
            insert into evaluation_frame (evaluation_id, stem, metric, window_seconds, hop_seconds, scores)
            values ('%3$s', 'vocals', 'SDR', 1, 1, '{7, NaN, 7.5}');
            insert into batch_item (item_id, batch_id, position, path, name, encoding, state, reason, track_id, separation_id, evaluation_id)
            values ('%4$s-0', '%4$s', 0, '/music/old.wav', 'old song', 'wav-float', 'DONE', null, '%1$s', '%2$s', '%3$s'),
                   ('%4$s-1', '%4$s', 1, '/music/gone.wav', 'gone', 'wav-float', 'RECEIVED', null, null, null, null),
                   ('%4$s-2', '%4$s', 2, '/music/bad.wav', 'bad', 'wav-float', 'FAILED', 'bad.wav: not audio', null, null, null);
            insert into processed_event (service, event_id) values ('separator-service', 'an-old-event');
            insert into outbox (topic, event_key, event_id, type, source, event_time, json)
            values ('stemline.stems.ready', '%1$s', 'an-old-announcement', 'io.stemline.stems.ready.v1', '/stemline/separator-service',
                    '2026-01-01T12:00:00Z', '{}');
            insert into dead_letter (dead_letter_id, topic, partition, log_offset, event_key, service, reason, attempt, exception, stack,
                                     headers, value, item_id, created_at)
            values ('separator-service:stemline.audio.ready:0:7', 'stemline.audio.ready', 0, 7, '%1$s', 'separator-service',
                    'no model ''x''', 1, 'X', 'at X', '[]', '{}', '%4$s-2', '2026-01-01T12:00:00Z');
            """;

    private final Backends backends = new Backends();
    private EmbeddedDatabase old;

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(backends.start());
        try {
            Path folder = Files.createTempDirectory("stemline-first-version");
            old = EmbeddedDatabase.start(folder, EmbeddedDatabase.Settings.defaults());
            Flyway.configure()
                    .dataSource(old.jdbcUrl(), old.user(), old.password())
                    .target("1")
                    .load()
                    .migrate();
            try (Connection connection = DriverManager.getConnection(old.jdbcUrl(), old.user(), old.password());
                    Statement statement = connection.createStatement()) {
                statement.execute(ROWS.formatted(TRACK, SEPARATION, EVALUATION, BATCH));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("rows of the first version cannot be written", e);
        }
        settings.put("quarkus.datasource.jdbc.url", old.jdbcUrl());
        settings.put("quarkus.datasource.username", old.user());
        settings.put("quarkus.datasource.password", old.password());
        return settings;
    }

    @Override
    public void stop() {
        old.close();
        backends.stop();
    }
}
