package io.stemline.service.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.stemline.local.EmbeddedDatabase;
import io.stemline.local.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A real broker, a real database with the tables in place, and an object store for the tests of a service. */
public final class EmbeddedBackends implements QuarkusTestResourceLifecycleManager {
    private EmbeddedKafka kafka;
    private EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("stemline-backends");
            kafka = EmbeddedKafka.start(folder.resolve("kafka"), EmbeddedKafka.Settings.defaults());
            database = EmbeddedDatabase.start(folder.resolve("database"), EmbeddedDatabase.Settings.defaults());
            Flyway.configure()
                    .dataSource(database.jdbcUrl(), database.user(), database.password())
                    .load()
                    .migrate();
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                    "quarkus.datasource.username", database.user(),
                    "quarkus.datasource.password", database.password(),
                    "stemline.kafka.bootstrap-servers", kafka.bootstrapServers(),
                    "stemline.kafka.partitions", "1",
                    "stemline.queue.retry-for", "2s",
                    "stemline.queue.grace", "1s",
                    "stemline.store.folder", folder.resolve("objects").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        kafka.close();
        database.close();
    }
}
