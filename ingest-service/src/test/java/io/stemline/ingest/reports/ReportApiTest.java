package io.stemline.ingest.reports;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.reports.Report;
import io.stemline.reports.files.ReportJson;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backends.class)
class ReportApiTest {
    private static final String BATCH = "20261121-120000-rprt";
    private static final String EMPTY_BATCH = "20261121-120000-none";
    private static final String TITLE = "<b>Nina</b> & \"co\"";
    private static final double NONE = Double.NaN;

    @Inject
    Jdbi database;

    @BeforeEach
    void writeRows() {
        database.useTransaction(rows -> {
            if (rows.createQuery("select count(*) from batch where batch_id = :id")
                            .bind("id", BATCH)
                            .mapTo(int.class)
                            .one()
                    > 0) {
                return;
            }
            rows.execute("insert into batch (batch_id, name) values (?, 'June'), (?, 'Nothing')", BATCH, EMPTY_BATCH);
            for (int track = 0; track < 3; track++) {
                writeTrack(rows, track);
                writeSeparation(rows, track, "report-a", "1", 6 + track);
                writeSeparation(rows, track, "report-b", "2", 2 + 2 * track);
                rows.execute("""
                        insert into batch_item (item_id, batch_id, position, path, name, encoding, state, track_id, separation_id,
                                                evaluation_id)
                        values (?, ?, ?, '/x', 'x', 'wav', 'DONE', ?, ?, ?)
                        """, BATCH + "-" + track, BATCH, track, id("a", track), id("1", track), id("1", track));
            }
            rows.execute("""
                    insert into batch_item (item_id, batch_id, position, path, name, encoding, state, reason)
                    values (?, ?, 9, '/letter.mp3', 'letter', 'wav', 'FAILED', 'letter.mp3: not audio')
                    """, BATCH + "-9", BATCH);
        });
    }

    private static String id(String prefix, int number) {
        return prefix + "0".repeat(62) + number;
    }

    private static void writeTrack(Handle rows, int track) {
        rows.execute("""
                insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames, title, artist)
                values (?, 'o', 'file', 'wav', 44100, 2, 441000, ?, 'A')
                """, id("a", track), TITLE + track);
    }

    private static void writeSeparation(Handle rows, int track, String model, String prefix, double level) {
        String id = id(prefix, track);
        rows.execute("""
                insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)
                values (?, ?, ?, 'wav', 'm', 2.5, 'w')
                """, id, id("a", track), model);
        rows.execute("""
                insert into evaluation (evaluation_id, separation_id, protocol, checks, warnings, seconds, created_at)
                values (?, ?, 'bsseval-v4/1', ?::jsonb, ?, 1, '2026-06-01T10:00:00Z')
                """, id, id, """
                [{"name": "adds-up", "passed": true, "detail": "fine"}, {"name": "clipping", "passed": false, "detail": "at 3 s"}]
                """, new String[] {"lossy"});
        rows.execute("insert into evaluation_frame values (?, 'vocals', 'SDR', 1, 1, ?)", id, new Double[] {
            level - 1, NONE, level, Double.POSITIVE_INFINITY, level + 1
        });
        rows.execute(
                "insert into evaluation_score values (?, 'vocals', 'SDR', 99), (?, 'vocals', 'SI-SDR', ?)",
                id,
                id,
                level);
    }

    private static Report report(String path) {
        byte[] json = given().get(path)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asByteArray();
        return ReportJson.read(new ByteArrayInputStream(json), path);
    }

    @Test
    void theReportOnABatchHoldsItsWindowsScoresChecksAndFailures() {
        // When
        Report report = report("/api/reports/batches/" + BATCH);

        // Then
        ScoreTable scores = report.scores();
        assertThat(report.title()).isEqualTo("June");
        assertThat(scores.metrics()).containsExactly("SDR", "SI-SDR");
        assertThat(scores.medians(0, 0, 0)).containsExactlyInAnyOrder(6, 7, 8);
        assertThat(scores.medians(0, 0, 1)).containsExactlyInAnyOrder(6, 7, 8);
        assertThat(scores.figures(0, 0, 0, 0)).hasSize(5).contains(NONE, Double.POSITIVE_INFINITY);
        assertThat(report.failures()).containsExactly(new Report.Failure("letter", "letter.mp3: not audio"));
        assertThat(report.separated()).hasSize(3).allSatisfy(track -> {
            assertThat(track.lengthSeconds()).isEqualTo(10);
            assertThat(track.track().name()).startsWith("A - " + TITLE);
            assertThat(track.checks()).isEqualTo(2);
            assertThat(track.failedChecks())
                    .singleElement()
                    .satisfies(check -> assertThat(check.name()).isEqualTo("clipping"));
            assertThat(track.warnings()).containsExactly("lossy");
            assertThat(track.evaluatedAt()).hasToString("Optional[2026-06-01T10:00:00Z]");
        });
    }

    @Test
    void modelsStandSideBySide() {
        given().get("/api/reports/models.json?model=report-a&model=report-b")
                .then()
                .statusCode(200)
                .body("methods", hasSize(2))
                .body("medians.findAll { it.metric == 'SDR' }.median", contains(7.0f, 4.0f));
    }

    @Test
    void figuresThatAreNullInTheDatabaseAreNotDefined() {
        // Given
        database.useTransaction(rows -> {
            String id = id("3", 7);
            if (rows.select("select 1 from separation where separation_id = ?", id)
                    .mapTo(int.class)
                    .findOne()
                    .isEmpty()) {
                writeTrack(rows, 7);
                writeSeparation(rows, 7, "report-null", "3", 1);
                rows.execute(
                        "insert into evaluation_frame values (?, 'drums', 'SDR', 1, 1, '{1.5, null, -Infinity}')", id);
                rows.execute("insert into evaluation_frame values (?, 'bass', 'SDR', 1, 1, '{}')", id);
            }
        });

        // When
        ScoreTable scores = report("/api/reports/models?model=report-null").scores();

        // Then
        assertThat(scores.stems()).containsExactly("vocals", "drums", "bass");
        assertThat(scores.figures(0, 0, 1, 0)).containsExactly(1.5, NONE, Double.NEGATIVE_INFINITY);
        assertThat(scores.figures(0, 0, 2, 0)).isEmpty();
    }

    @Test
    void musevalsFilesComeInOneArchive() throws IOException {
        // When
        byte[] archive = given().get("/api/reports/models.zip?model=report-a&model=report-b")
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();

        // Then
        String inFileName = TITLE.replace('/', '-');
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names)
                .hasSize(6)
                .contains(
                        "report-a/test/A - %s0.json".formatted(inFileName),
                        "report-b/test/A - %s2.json".formatted(inFileName));
        given().get("/api/reports/models.zip?model=nobody")
                .then()
                .statusCode(422)
                .body("detail", containsString("there are no windows of SDR, SIR, SAR or ISR"));
    }

    @Test
    void aDataSetBringsAllModelsThatSeparatedItsTracks() {
        // Given
        database.useHandle(rows -> {
            rows.execute("insert into dataset (dataset) values ('musdb18.hq') on conflict do nothing");
            rows.execute("insert into dataset_track values ('musdb18.hq', ?) on conflict do nothing", id("a", 1));
        });

        // When
        Report report = report("/api/reports/datasets/musdb18.hq.json");

        // Then
        assertThat(report.title()).isEqualTo("Data set musdb18.hq");
        assertThat(report.scores().methods()).extracting(Method::id).containsExactlyInAnyOrder("report-a", "report-b");
        assertThat(report.scores().tracks()).hasSize(1);
        given().header("Accept", "text/csv")
                .get("/api/reports/datasets/musdb18.hq")
                .then()
                .statusCode(200)
                .contentType("text/csv;charset=UTF-8");
        given().get("/api/reports/datasets/nothing.html")
                .then()
                .statusCode(404)
                .body("detail", equalTo("there is no data set 'nothing'"));
    }

    @Test
    void aPageEscapesTitlesAndLinksToTracks() {
        given().get("/api/reports/batches/" + BATCH + ".html")
                .then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .body(startsWith("<!DOCTYPE html>"))
                .body(containsString("A - &lt;b&gt;Nina&lt;/b&gt; &amp; \"co\"1"))
                .body(containsString("href=\"/tracks/" + id("a", 1)));
    }

    @Test
    void theFormatIsWhatIsAcceptedWhereTheAddressSaysNothing() {
        given().header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .get("/api/reports/models?model=report-a")
                .then()
                .contentType("text/html;charset=UTF-8");
        given().header("Accept", "text/csv")
                .get("/api/reports/models?model=report-a")
                .then()
                .contentType("text/csv;charset=UTF-8")
                .body(startsWith("method,track,stem,metric,time,duration,value\r\nreport-a,"));
    }

    @Test
    void aReportOverNothingIsAReport() {
        given().get("/api/reports/models.json?model=nobody")
                .then()
                .statusCode(200)
                .body("series", empty());
        given().get("/api/reports/batches/" + EMPTY_BATCH + ".html")
                .then()
                .statusCode(200)
                .body(containsString("There is nothing in it."));
    }

    @Test
    void whatIsNotThereIsAProblemDocument() {
        given().get("/api/reports/batches/x' or 1=1.html")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("there is no batch 'x' or 1=1'"));
        given().get("/api/reports/batches/" + BATCH + ".docx")
                .then()
                .statusCode(422)
                .body(
                        "detail",
                        containsString("there are no reports that end in '.docx'; there are: .html, .csv, .json"));
        given().get("/api/reports/models.html").then().statusCode(400).body("detail", containsString("?model=unet-1"));
    }
}
