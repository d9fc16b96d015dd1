package io.stemline.ingest.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(Backends.class)
class ListeningApiTest {
    @Inject
    Jdbi database;

    @Inject
    ObjectStore store;

    @TempDir
    Path folder;

    private Rows rows;
    private String vocals;
    private String separation;

    @BeforeEach
    void separate() {
        rows = new Rows(database);
        rows.clear();
        separation = "/api/separations/" + rows.separation(store, 3, "Ein Stück");
        vocals = separation + "/stems/vocals";
    }

    @ParameterizedTest
    @CsvSource({"0-0", "0-43", "10-60", "44-47", "45-45", "100001-200000", "529199-", "-7", "0-99999999"})
    void anyRangeOfThePlayableFormIsTheSamePartOfTheWhole(String range) {
        // Given
        byte[] whole = given().get(vocals + "?format=wav-16").asByteArray();
        String[] ends = range.split("-", -1);
        int size = whole.length;
        int from = ends[0].isEmpty() ? size - Integer.parseInt(ends[1]) : Integer.parseInt(ends[0]);
        int to = ends[0].isEmpty() || ends[1].isEmpty() ? size : Math.min(size, Integer.parseInt(ends[1]) + 1);

        // When
        Response part = given().header("Range", "bytes=" + range).get(vocals + "?format=wav-16");

        // Then
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes %d-%d/%d".formatted(from, to - 1, size));
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(whole, from, to));
    }

    @Test
    void thePlayableFormIsTheStoredSoundInSixteenBit() throws IOException {
        // Given
        byte[] wav = given().get(vocals + "?format=wav-16").asByteArray();
        Path file = Files.write(folder.resolve("playable.wav"), wav);

        // When
        AudioBuffer played = AudioFiles.readAll(file);

        // Then
        assertThat(played.lengthFrames()).isEqualTo(3 * 44_100);
        for (int n = 0; n < 44_100; n++) {
            assertThat(played.samples()[1][n])
                    .isCloseTo(
                            (float) (0.3 * Math.sin(2 * Math.PI * 440 * n / 44_100.0)),
                            org.assertj.core.api.Assertions.within(0.51f / 32_768));
        }
    }

    @Test
    void aRangeOfWhatIsStoredAndOneBeyondIt() {
        // Given
        byte[] whole = given().get(vocals).asByteArray();

        // When
        Response part = given().header("Range", "bytes=1000-1999").get(vocals);

        // Then
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(whole, 1000, 2000));
        given().header("Range", "bytes=99999999-").get(vocals).then().statusCode(416);
        given().header("Range", "lines=1-2").get(vocals).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/peaks/vocals?columns=10",
        "/spectrograms/vocals",
        "/stems/vocals",
        "/stems/vocals?format=wav-16",
        "/stems/vocals?format=flac-24",
        "/stems.zip",
        "/stems.zip?format=mp3"
    })
    void whatIsNotInTheStoreAnyMoreIsToldInASentence(String address) {
        // Given
        String below = separation.replace("/api/", "") + "/";
        store.delete(below + "vocals.wav");
        store.delete(below + "peaks/vocals.peaks");

        // When
        var answer = given().get(separation + address).then();

        // Then
        answer.statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:stemline:problem:lost"))
                .body(
                        "detail",
                        startsWith("the catalogue knows of this, but its file is not in the store any more (" + below
                                + "vocals.wav"));
    }

    @ParameterizedTest
    @CsvSource({"flac-24,flac", "mp3,mp3", "aac,m4a", "wav-24,wav"})
    void stemsComeInOtherFormats(String format, String extension) throws IOException {
        // Given, When
        Response response = given().get(vocals + "?format=" + format);
        Path file = Files.write(folder.resolve("stem." + extension), response.asByteArray());

        // Then
        assertThat(response.header("Content-Disposition"))
                .isEqualTo("attachment; filename*=UTF-8''Ein%20St%C3%BCck%20-%20vocals." + extension);
        assertThat(AudioFiles.readAll(file).lengthFrames()).isBetween(3 * 44_100, 3 * 44_100 + 1024);
    }

    @Test
    void allStemsComeInOneArchive() throws IOException {
        // Given, When
        byte[] archive = given().get(separation + "/stems.zip").asByteArray();

        // Then
        var sizes = new LinkedHashMap<String, Integer>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                sizes.put(entry.getName(), zip.readAllBytes().length);
            }
        }
        int stored = given().get(vocals).asByteArray().length;
        assertThat(sizes).containsOnlyKeys("vocals.wav", "other.wav").containsEntry("vocals.wav", stored);
    }

    @Test
    void peaksComeInAsManyColumnsAsWantedAndAreMadeWhereTheyAreMissing() {
        // Given
        String peaks = separation + "/peaks/vocals?columns=10&from=44100&to=88200";
        int[] noted =
                given().get(peaks).then().statusCode(200).extract().jsonPath().getObject("peaks", int[].class);
        store.delete(separation.substring("/api/".length()) + "/peaks/vocals.peaks");

        // When
        int[] made =
                given().get(peaks).then().statusCode(200).extract().jsonPath().getObject("peaks", int[].class);

        // Then
        assertThat(noted).hasSize(20).containsOnly(-38, 38);
        assertThat(made).isEqualTo(noted);
    }

    @Test
    void scoresComeWindowByWindowAndNullWhereThereIsNone() {
        // Given, When, Then
        given().get(separation + "/scores/SDR")
                .then()
                .statusCode(200)
                .body("secondsPerPoint", equalTo(1.0f))
                .body("stems.vocals", hasSize(3));
    }

    @Test
    void whatDoesNotExistIsSaidSo() {
        // Given, When, Then
        given().get(separation + "/stems/flute").then().statusCode(404).body("detail", containsString("flute"));
        given().get(vocals + "?format=ogg")
                .then()
                .statusCode(400)
                .body("detail", containsString("'ogg' is not one of aac"));
        given().get("/api/separations/x/stems.zip").then().statusCode(404);
        given().get(separation + "/peaks/vocals?columns=0").then().statusCode(400);
        given().get(separation + "/scores/none").then().statusCode(404);
    }

    @Test
    void whatTheLivePageShowsIsJsonAsWell() {
        // Given
        rows.batch("b1", "Autumn catalogue");
        rows.entry("b1", 0, "QUEUED", "Song");

        // When, Then
        given().get("/api/live")
                .then()
                .statusCode(200)
                .body("batches[0].name", equalTo("Autumn catalogue"))
                .body("queues.find { it.name == 'separation' }.waiting", equalTo(1));
    }

    @Test
    void pagesOfOtherSitesMayNotChangeAnything() {
        // Given, When, Then
        given().header("Sec-Fetch-Site", "cross-site")
                .contentType("application/x-www-form-urlencoded")
                .body("all=all")
                .post("/dead-letters/drop")
                .then()
                .statusCode(403);
    }
}
