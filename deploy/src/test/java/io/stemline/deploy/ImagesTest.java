package io.stemline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Capability;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.service.testing.Containers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The services' own images, as a cluster runs them: not root, without capabilities, on a read-only root file system, with
 * a broker, a database and an S3 store in containers beside them.
 */
final class ImagesTest {
    private static final Path PROJECT = Path.of(System.getProperty("stemline.project-root"));
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int PORT = 8080;
    private static final String BUCKET = "stemline";
    private static final String KEY = "stemline";
    private static final String SECRET = "a secret of the tests";
    private static final String ADMIN_KEY = "0123456789abcdef0123456789abcdef";
    private static final int SAMPLE_RATE_HZ = 44_100;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static Network network;
    private static KafkaContainer kafka;
    private static PostgreSQLContainer database;
    private static GenericContainer<?> s3;
    private static Map<String, GenericContainer<?>> services;

    @BeforeAll
    static void startEverything() {
        assumeTrue(
                Containers.areWanted(),
                "NOT TESTED: the images of the services. './stemline test --containers' does, with a Docker engine");
        network = Network.newNetwork();
        kafka = Containers.kafka().withNetwork(network).withListener("kafka:19092");
        database = Containers.database().withNetwork(network).withNetworkAliases("database");
        s3 = Containers.s3(KEY, SECRET).withNetwork(network).withNetworkAliases("s3");
        Startables.deepStart(kafka, database, s3).join();
        Containers.createBucket(s3, KEY, SECRET, BUCKET);
        services = Map.of(
                "ingest", service("ingest", "service.Dockerfile"),
                "separator", service("separator", "separator.Dockerfile"),
                "evaluator", service("evaluator", "service.Dockerfile"),
                "trainer", service("trainer", "service.Dockerfile"));
        Startables.deepStart(services.values()).join();
    }

    @AfterAll
    static void stopEverything() {
        if (services != null) {
            services.values().forEach(GenericContainer::stop);
            s3.stop();
            database.stop();
            kafka.stop();
            network.close();
        }
    }

    @Test
    void anUploadedSongComesBackAsStems() throws Exception {
        // Given
        Path song = folder.resolve("song.wav");
        AudioFiles.write(song, noise(5 * SAMPLE_RATE_HZ), Encoding.WAV_16);

        // When
        HttpResponse<byte[]> accepted =
                send(request("/api/batches/upload?name=song.wav").POST(BodyPublishers.ofFile(song)));
        assertThat(accepted.statusCode()).isEqualTo(201);
        String batchId = json(accepted).get("batchId").asText();
        await().atMost(PATIENCE)
                .until(() ->
                        json(get("/api/batches/" + batchId)).get("finished").asBoolean());

        // Then
        JsonNode item = json(get("/api/batches/%s/items".formatted(batchId))).get(0);
        assertThat(item.get("state").asText()).isEqualTo("DONE");
        HttpResponse<byte[]> stems = get("/api/separations/%s/stems.zip"
                .formatted(item.get("separationId").asText()));
        assertThat(namesIn(stems.body())).containsExactly("bass.wav", "drums.wav", "other.wav", "vocals.wav");
    }

    @Test
    void withoutAKeyNothingIsAnswered() throws Exception {
        HttpResponse<byte[]> answer =
                HTTP.send(HttpRequest.newBuilder(address("/api/batches")).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void noServiceIsRootNorCanWriteBesideItsVolumes() throws Exception {
        for (GenericContainer<?> service : services.values()) {
            assertThat(service.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
            assertThat(service.execInContainer("sh", "-c", "touch /opt/stemline/x || touch /x")
                            .getExitCode())
                    .isNotZero();
        }
    }

    private static GenericContainer<?> service(String name, String dockerfile) {
        String module = name + "-service";
        var image = new ImageFromDockerfile("stemline-test/" + name, false)
                .withFileFromPath("Dockerfile", PROJECT.resolve("deploy/images").resolve(dockerfile))
                .withFileFromPath(
                        module + "/target/quarkus-app", PROJECT.resolve(module).resolve("target/quarkus-app"))
                .withFileFromPath("models", PROJECT.resolve("models"))
                .withBuildArg("JAVA_IMAGE", Containers.java().asCanonicalNameString())
                .withBuildArg("SERVICE", module);
        return new GenericContainer<>(image)
                .withNetwork(network)
                .withEnv(environment())
                .withTmpFs(Map.of("/tmp", "rw"))
                .withCreateContainerCmdModifier(command ->
                        command.getHostConfig().withReadonlyRootfs(true).withCapDrop(Capability.ALL))
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/q/health/ready").forPort(PORT).withStartupTimeout(PATIENCE));
    }

    private static Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("STEMLINE_KAFKA_BOOTSTRAP_SERVERS", "kafka:19092"),
                Map.entry(
                        "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://database:5432/" + database.getDatabaseName()),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", database.getUsername()),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", database.getPassword()),
                Map.entry("STEMLINE_STORE_KIND", "s3"),
                Map.entry("STEMLINE_STORE_S3_BUCKET", BUCKET),
                Map.entry("STEMLINE_STORE_S3_ENDPOINT", "http://s3:" + Containers.S3_PORT),
                Map.entry("STEMLINE_STORE_S3_PATH_STYLE", "true"),
                Map.entry("AWS_ACCESS_KEY_ID", KEY),
                Map.entry("AWS_SECRET_ACCESS_KEY", SECRET),
                Map.entry("STEMLINE_MODELS_ACTIVE", "unet-2"),
                Map.entry("STEMLINE_ADMIN_KEY", ADMIN_KEY));
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + ADMIN_KEY);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static URI address(String path) {
        GenericContainer<?> ingest = services.get("ingest");
        return URI.create("http://%s:%d%s".formatted(ingest.getHost(), ingest.getMappedPort(PORT), path));
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static TreeSet<String> namesIn(byte[] zip) throws IOException {
        var names = new TreeSet<String>();
        try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static AudioBuffer noise(int lengthFrames) {
        var random = new Random(8);
        var samples = new float[2][lengthFrames];
        for (float[] channel : samples) {
            for (int i = 0; i < lengthFrames; i++) {
                channel[i] = (float) (0.1 * random.nextGaussian());
            }
        }
        return new AudioBuffer(new AudioFormat(SAMPLE_RATE_HZ, 2), samples);
    }
}
