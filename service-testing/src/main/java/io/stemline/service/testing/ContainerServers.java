package io.stemline.service.testing;

import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Broker, database and a server that speaks S3, each in a container. */
final class ContainerServers implements Servers {
    private static final String BUCKET = "stemline";
    private static final String ACCESS_KEY = "stemline";
    private static final String SECRET_KEY = "a secret of the tests";

    private final KafkaContainer kafka = Containers.kafka();
    private final PostgreSQLContainer database = Containers.database();
    private final GenericContainer<?> s3 = Containers.s3(ACCESS_KEY, SECRET_KEY);
    private final Path scratch;

    private ContainerServers(Path scratch) {
        this.scratch = scratch;
    }

    /** Starts all three; the keys of the object store become this JVM's, where the SDK looks for them. */
    static ContainerServers start(Path folder) {
        var servers = new ContainerServers(folder.resolve("scratch"));
        Startables.deepStart(servers.kafka, servers.database, servers.s3).join();
        System.setProperty("aws.accessKeyId", ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", SECRET_KEY);
        Containers.createBucket(servers.s3, ACCESS_KEY, SECRET_KEY, BUCKET);
        return servers;
    }

    @Override
    public String bootstrapServers() {
        return kafka.getBootstrapServers();
    }

    @Override
    public String jdbcUrl() {
        return database.getJdbcUrl();
    }

    @Override
    public String user() {
        return database.getUsername();
    }

    @Override
    public String password() {
        return database.getPassword();
    }

    @Override
    public Map<String, String> store() {
        return Map.of(
                "stemline.store.kind",
                "s3",
                "stemline.store.s3.bucket",
                BUCKET,
                "stemline.store.s3.endpoint",
                Containers.address(s3).toString(),
                "stemline.store.s3.path-style",
                "true",
                "stemline.store.s3.scratch",
                scratch.toString());
    }

    @Override
    public void close() {
        kafka.stop();
        database.stop();
        s3.stop();
    }
}
