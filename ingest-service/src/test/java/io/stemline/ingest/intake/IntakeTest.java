package io.stemline.ingest.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.service.testing.Backends;
import io.stemline.service.testing.Containers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(Backends.class)
class IntakeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MORE_THAN_THERE_ARE_THREADS = 5;

    @ConfigProperty(name = "stemline.store.folder")
    Optional<Path> store;

    @TempDir
    Path folder;

    @Test
    void entriesThatCannotBeStoredYetHoldUpNoOthers() throws Exception {
        // Given
        assumeFalse(Containers.areWanted(), "NOT TESTED: the store is a folder only where nothing runs in containers");
        for (int n = 0; n < MORE_THAN_THERE_ARE_THREADS; n++) {
            Files.createDirectories(placeOf(tone("blocked-" + n, 100 + n)).resolve("in the way"));
        }
        tone("free", 200);

        // When
        String batchId = submit();

        // Then
        awaitStates(batchId, Map.of("QUEUED", 1, "RECEIVED", MORE_THAN_THERE_ARE_THREADS));

        // When
        for (int n = 0; n < MORE_THAN_THERE_ARE_THREADS; n++) {
            Path place = placeOf(folder.resolve("blocked-" + n + ".wav"));
            Files.delete(place.resolve("in the way"));
            Files.delete(place);
        }

        // Then
        awaitStates(batchId, Map.of("QUEUED", 1 + MORE_THAN_THERE_ARE_THREADS));
        assertThat(placeOf(folder.resolve("blocked-0.wav"))).isRegularFile();
    }

    private String submit() {
        return given().contentType("application/json")
                .body(Map.of("paths", List.of(folder.toString())))
                .post("/api/batches")
                .then()
                .statusCode(201)
                .extract()
                .path("batchId");
    }

    private static void awaitStates(String batchId, Map<String, Integer> states) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var answer = given().get("/api/batches/{id}", batchId).then().statusCode(200);
            states.forEach((state, entries) -> answer.body("states." + state, equalTo(entries)));
        });
    }

    private Path placeOf(Path file) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return store.orElseThrow()
                .resolve("tracks")
                .resolve(HexFormat.of().formatHex(hash))
                .resolve("source.wav");
    }

    private Path tone(String name, int period) {
        var samples = new float[1][4000];
        for (int i = 0; i < samples[0].length; i++) {
            samples[0][i] = (float) (0.3 * Math.sin(2 * Math.PI * i / period));
        }
        Path file = folder.resolve(name + ".wav");
        AudioFiles.write(file, new AudioBuffer(new AudioFormat(8000, 1), samples), Encoding.WAV_16);
        return file;
    }
}
