package io.stemline.service.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import org.flywaydb.core.Flyway;

/**
 * A real broker, a real database with the tables in place, and an object store for the tests of a service: embedded, or in
 * containers where {@link Containers#areWanted() they are wanted}.
 */
public final class Backends implements QuarkusTestResourceLifecycleManager {
    private Path folder;
    private Servers servers;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("stemline-backends");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        servers = Containers.areWanted() ? ContainerServers.start(folder) : EmbeddedServers.start(folder);
        Flyway.configure()
                .dataSource(servers.jdbcUrl(), servers.user(), servers.password())
                .load()
                .migrate();
        var settings = new HashMap<>(servers.store());
        settings.putAll(Map.of(
                "quarkus.http.test-port",
                "0",
                "quarkus.datasource.jdbc.url",
                servers.jdbcUrl(),
                "quarkus.datasource.username",
                servers.user(),
                "quarkus.datasource.password",
                servers.password(),
                "stemline.kafka.bootstrap-servers",
                servers.bootstrapServers(),
                "stemline.kafka.partitions",
                "1",
                "stemline.queue.retry-for",
                "2s",
                "stemline.queue.grace",
                "1s"));
        return Map.copyOf(settings);
    }

    @Override
    public void stop() {
        servers.close();
        try {
            PathUtils.deleteDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
