package io.stemline.service.testing;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The servers that Stemline needs, as containers. The images are the official ones, or those that {@code JAVA_IMAGE},
 * {@code KAFKA_IMAGE}, {@code POSTGRES_IMAGE} and {@code S3_IMAGE} in the environment name; they must behave in the same way.
 */
public final class Containers {
    /** The port on which {@link #s3} listens inside its container. */
    public static final int S3_PORT = 80;

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String WANTED = "TEST_CONTAINERS";
    private static final String KAFKA = "apache/kafka";
    private static final String POSTGRES = "postgres";

    private Containers() {}

    /** Whether tests are to run against containers: {@code TEST_CONTAINERS=true}, which {@code ./stemline test --containers} sets. */
    public static boolean areWanted() {
        return Boolean.parseBoolean(System.getenv(WANTED));
    }

    /** The image with a Java runtime that the services' own images stand on. */
    public static DockerImageName java() {
        return image("JAVA_IMAGE", "eclipse-temurin:25-jre");
    }

    /** A broker with share groups, one node. */
    public static KafkaContainer kafka() {
        return new KafkaContainer(image("KAFKA_IMAGE", KAFKA + ":4.3.1").asCompatibleSubstituteFor(KAFKA))
                .withEnv(Map.of(
                        "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
                        "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1",
                        "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1",
                        "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_NUM_PARTITIONS", "1",
                        "KAFKA_GROUP_SHARE_DELIVERY_COUNT_LIMIT", "10",
                        "KAFKA_GROUP_SHARE_MIN_RECORD_LOCK_DURATION_MS", "1000",
                        "KAFKA_GROUP_SHARE_MIN_HEARTBEAT_INTERVAL_MS", "500",
                        "KAFKA_GROUP_SHARE_HEARTBEAT_INTERVAL_MS", "1000"))
                .withStartupTimeout(PATIENCE);
    }

    /** An empty database. */
    public static PostgreSQLContainer database() {
        return new PostgreSQLContainer(image("POSTGRES_IMAGE", POSTGRES + ":18").asCompatibleSubstituteFor(POSTGRES))
                .withStartupTimeout(PATIENCE);
    }

    /** A server that speaks S3, without buckets. */
    public static GenericContainer<?> s3(String accessKey, String secretKey) {
        return new GenericContainer<>(image("S3_IMAGE", "andrewgaul/s3proxy:sha-4.1.0"))
                .withExposedPorts(S3_PORT)
                .withEnv(Map.of(
                        "S3PROXY_AUTHORIZATION",
                        "aws-v2-or-v4",
                        "S3PROXY_IDENTITY",
                        accessKey,
                        "S3PROXY_CREDENTIAL",
                        secretKey,
                        "S3PROXY_ENDPOINT",
                        "http://0.0.0.0:" + S3_PORT,
                        "JCLOUDS_PROVIDER",
                        "filesystem-nio2",
                        "JCLOUDS_FILESYSTEM_BASEDIR",
                        "/data"));
    }

    /** Makes a bucket on a server that {@link #s3} made with the same keys, and that runs. */
    public static void createBucket(GenericContainer<?> s3, String accessKey, String secretKey, String bucket) {
        try (S3Client client = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(address(s3))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build()) {
            client.createBucket(request -> request.bucket(bucket));
        }
    }

    /** Where this machine reaches a server that {@link #s3} made. */
    public static URI address(GenericContainer<?> s3) {
        return URI.create("http://%s:%d".formatted(s3.getHost(), s3.getMappedPort(S3_PORT)));
    }

    private static DockerImageName image(String variable, String official) {
        String named = System.getenv(variable);
        return DockerImageName.parse(named == null || named.isBlank() ? official : named);
    }
}
