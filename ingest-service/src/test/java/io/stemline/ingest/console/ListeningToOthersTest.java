package io.stemline.ingest.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody else made is played through a process of its own where the configuration says so. */
@QuarkusTest
@WithTestResource(Backends.class)
@TestProfile(ListeningToOthersTest.OwnProcess.class)
class ListeningToOthersTest {
    /** More than the buffers between the service and its client hold, so that a sound is still being read when looked at. */
    private static final int LENGTH_SECONDS = 600;

    private static final int RATE_HZ = 8000;
    private static final int BYTES_PER_FRAME = 4;

    public static final class OwnProcess implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stemline.decoding.own-process", "true");
        }
    }

    @Inject
    Jdbi database;

    @Inject
    ObjectStore store;

    @TestHTTPResource
    URI service;

    private String separation;

    @BeforeEach
    void separate() {
        var rows = new Rows(database);
        rows.clear();
        separation = "api/separations/" + rows.separation(store, LENGTH_SECONDS, "Somebody's") + "/stems/";
    }

    @Test
    void aMixtureIsPlayedThroughAProcessOfItsOwn() throws IOException {
        // Given
        Set<Long> before = processes();

        // When
        try (InputStream playing = play("mixture")) {
            playing.readNBytes(100_000);

            // Then
            assertThat(processesSince(before)).hasSize(1);
        }
    }

    @Test
    void aStemIsPlayedInsideTheService() throws IOException {
        // Given
        Set<Long> before = processes();

        // When
        try (InputStream playing = play("vocals")) {
            playing.readNBytes(100_000);

            // Then
            assertThat(processesSince(before)).isEmpty();
        }
    }

    @Test
    void aMixtureSoundsAsItDoesInsideTheService() {
        // Given
        int secondsBefore = 250;
        int firstByte = 44 + secondsBefore * RATE_HZ * BYTES_PER_FRAME;

        // When
        byte[] second = given().header(
                        "Range", "bytes=%d-%d".formatted(firstByte, firstByte + RATE_HZ * BYTES_PER_FRAME - 1))
                .get("/" + separation + "mixture?format=wav-16")
                .asByteArray();

        // Then
        ByteBuffer samples = ByteBuffer.wrap(second).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < RATE_HZ; n++) {
            double expected =
                    0.3 * Math.sin(2 * Math.PI * 440 * n / RATE_HZ) + 0.3 * Math.sin(2 * Math.PI * 660 * n / RATE_HZ);
            assertThat(samples.getShort() / 32_768.0).isCloseTo(expected, within(0.51 / 32_768));
            assertThat(samples.getShort() / 32_768.0).isCloseTo(expected, within(0.51 / 32_768));
        }
    }

    private InputStream play(String part) throws IOException {
        return service.resolve("/" + separation + part + "?format=wav-16")
                .toURL()
                .openStream();
    }

    /** Processes that the service, which runs in this one, has started and that still run. */
    private static Set<Long> processes() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static Set<Long> processesSince(Set<Long> before) {
        Set<Long> now = processes();
        now.removeAll(before);
        return now;
    }
}
