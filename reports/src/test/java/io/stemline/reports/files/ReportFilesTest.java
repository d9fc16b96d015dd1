package io.stemline.reports.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import io.stemline.reports.Remark;
import io.stemline.reports.Report;
import io.stemline.reports.SeparatedTrack;
import io.stemline.reports.SeparatedTrack.FailedCheck;
import io.stemline.reports.museval.MusevalFolders;
import io.stemline.reports.museval.MusevalWriter;
import io.stemline.reports.page.Listening;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.ScoreTableBuilder;
import io.stemline.reports.scores.ScoredTrack;
import io.stemline.reports.scores.Windows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFilesTest {
    private static final ScoredTrack SONG = new ScoredTrack("4f", "Nina, \"live\"\n<b>");
    private static final Windows WINDOWS = new Windows(2, 1.5);
    private static final double NONE = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @TempDir
    private Path folder;

    private static Report report() {
        ScoreTable table = new ScoreTableBuilder()
                .add(Method.of("unet-1"), SONG, "vocals", "SDR", WINDOWS, 1.123456789, NONE, -INFINITE, 1 / 3.0)
                .add(Method.of("unet-1"), SONG, "vocals", "SI-SDR", Windows.WHOLE_TRACK, INFINITE)
                .add(Method.of("repet"), SONG, "bass", "SIR", WINDOWS, -0.000005)
                .add(Method.of("silent one"))
                .build();
        var separated = new SeparatedTrack(
                "unet-1",
                SONG,
                "sep",
                61.5,
                2,
                Optional.of(Instant.parse("2026-01-02T03:04:05.678Z")),
                5,
                List.of(new FailedCheck("clipping", "at 3 s")),
                List.of("lossy"));
        return new Report(
                "Batch",
                Instant.parse("2026-11-21T12:00:00Z"),
                table,
                List.of(separated),
                List.of(new Report.Failure("a", "b")),
                List.of(Remark.of(Remark.Kind.TWICE, "here", "there")));
    }

    private static byte[] written(ReportFormat format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new ReportWriter(report(), Listening.NOWHERE, Optional.empty()).write(format, bytes);
        return bytes.toByteArray();
    }

    private static List<String> series(ScoreTable table) {
        var all = new ArrayList<String>();
        table.forEachSeries((method, track, stem, metric, windows, figures) -> all.add("%s %s %s %s %s %s"
                .formatted(
                        table.methods().get(method),
                        table.tracks().get(track),
                        table.stems().get(stem),
                        table.metrics().get(metric),
                        windows,
                        Arrays.toString(figures))));
        return all;
    }

    @Test
    void jsonKeepsAllOfAReport() throws IOException {
        // When
        Report read = ReportJson.read(new ByteArrayInputStream(written(ReportFormat.JSON)), "report.json");

        // Then
        assertThat(series(read.scores())).hasSize(3).isEqualTo(series(report().scores()));
        assertThat(read.scores().methods()).isEqualTo(report().scores().methods());
        assertThat(read).usingRecursiveComparison().ignoringFields("scores").isEqualTo(report());
    }

    @Test
    void jsonThatIsNoReportIsRefused() {
        for (String text :
                List.of("", "[]", "{}", "{\"title\": \"x\"", "{\"title\":\"x\",\"madeAt\":\"noon\"}", "NaN")) {
            assertThatThrownBy(() ->
                            ReportJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "r.json"))
                    .hasMessageStartingWith("r.json: it is not a report of Stemline's (");
        }
    }

    @Test
    void csvHasALineAFigure() throws IOException {
        String song = "\"Nina, \"\"live\"\"\n<b>\"";
        assertThat(new String(written(ReportFormat.CSV), StandardCharsets.UTF_8).split("\r\n"))
                .containsExactly(
                        "method,track,stem,metric,time,duration,value",
                        "unet-1," + song + ",vocals,SDR,0.0,2.0,1.123456789",
                        "unet-1," + song + ",vocals,SDR,1.5,2.0,",
                        "unet-1," + song + ",vocals,SDR,3.0,2.0,-inf",
                        "unet-1," + song + ",vocals,SDR,4.5,2.0,0.3333333333333333",
                        "unet-1," + song + ",vocals,SI-SDR,,,inf",
                        "repet," + song + ",bass,SIR,0.0,2.0,-5.0E-6");
    }

    @Test
    void parquetHasARowAFigure() throws IOException {
        // Given
        Path file = Files.write(folder.resolve("figures.parquet"), written(ReportFormat.PARQUET));

        // When
        List<Map<String, Object>> rows =
                ParquetReader.streamContent(file.toFile(), new Rows()).toList();

        // Then
        assertThat(rows).hasSize(6);
        assertThat(rows.get(1))
                .isEqualTo(Map.of(
                        "method",
                        "unet-1",
                        "track",
                        SONG.name(),
                        "stem",
                        "vocals",
                        "metric",
                        "SDR",
                        "time",
                        1.5,
                        "duration",
                        2.0,
                        "value",
                        NONE));
        assertThat(rows.get(4))
                .isEqualTo(Map.of(
                        "method",
                        "unet-1",
                        "track",
                        SONG.name(),
                        "stem",
                        "vocals",
                        "metric",
                        "SI-SDR",
                        "value",
                        INFINITE));
    }

    /** Rows as maps, without what is null. */
    private static final class Rows implements Hydrator<Map<String, Object>, Map<String, Object>, String[]> {
        @Override
        public Map<String, Object> start() {
            return new HashMap<>();
        }

        @Override
        public Map<String, Object> add(Map<String, Object> row, String[] column, Object value) {
            if (value != null) {
                row.put(column[0], value);
            }
            return row;
        }

        @Override
        public Map<String, Object> finish(Map<String, Object> row) {
            return row;
        }
    }

    @Test
    void musevalsFormIsReadBackToItsFiveDecimals() throws IOException {
        // When
        int files = new MusevalWriter(report().scores()).write(folder);

        // Then
        var builder = new ScoreTableBuilder();
        new MusevalFolders(builder).read(folder);
        ScoreTable table = builder.build();
        assertThat(files).isEqualTo(2);
        assertThat(table.tracks()).extracting(ScoredTrack::name).containsExactly("Nina, \"live\"-<b>");
        int unet = table.methods().indexOf(Method.of("unet-1"));
        assertThat(table.figures(
                        unet,
                        0,
                        table.stems().indexOf("vocals"),
                        table.metrics().indexOf("SDR")))
                .containsExactly(1.12346, NONE, NONE, 0.33333);
        assertThat(table.windows(
                        unet,
                        0,
                        table.stems().indexOf("vocals"),
                        table.metrics().indexOf("SDR")))
                .isEqualTo(WINDOWS);
    }

    @Test
    void musevalsArchiveHoldsTheSameFilesAsItsFolder() throws IOException {
        // Given
        new MusevalWriter(report().scores()).write(folder);

        // When
        byte[] archive = written(ReportFormat.MUSEVAL);

        // Then
        int files = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(zip.readAllBytes()).isEqualTo(Files.readAllBytes(folder.resolve(entry.getName())));
                files++;
            }
        }
        assertThat(files).isEqualTo(2);
    }

    @Test
    void twoTracksOfTheSameTitleBecomeTwoFiles() throws IOException {
        // Given
        ScoreTable table = new ScoreTableBuilder()
                .add(Method.of("a"), new ScoredTrack("1", "Intro"), "vocals", "SDR", WINDOWS, 1)
                .add(Method.of("a"), new ScoredTrack("2", "Intro"), "vocals", "SDR", WINDOWS, 2)
                .build();

        // When
        int files = new MusevalWriter(table).write(folder);

        // Then
        var builder = new ScoreTableBuilder();
        new MusevalFolders(builder).read(folder);
        assertThat(files).isEqualTo(2);
        assertThat(builder.build().medians(0, 0, 0)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void tablesOfEvaluateAndTestAreRead() throws IOException {
        // Given
        Path scores = Files.writeString(
                folder.resolve("scores.csv"),
                "subset,track,stem,metric,value\r\ntest,\"A, \"\"B\"\"\",vocals,SI-SDR,5.5\r\ntest,C,vocals,SDR,1\r\ncut");
        Path evaluation = Files.writeString(
                folder.resolve("evaluation.csv"),
                "track,target,SDR,SNR\nC,vocals,2,inf\nC,bass,,x\n(median),vocals,2,inf\n");
        var builder = new ScoreTableBuilder();
        var csv = new ScoreCsv(builder);

        // When
        csv.readScores(scores, Method.of("one"), metric -> metric.equals("SI-SDR"));
        csv.readEvaluation(evaluation, Method.of("two"));

        // Then
        assertThat(series(builder.build()))
                .extracting(line -> line.replaceAll("Windows\\[.*?]|ScoredTrack|Method|kind=MODEL", ""))
                .containsExactly(
                        "[id=one, ] [id=A, \"B\", name=A, \"B\"] vocals SI-SDR  [5.5]",
                        "[id=two, ] [id=C, name=C] vocals SDR  [2.0]",
                        "[id=two, ] [id=C, name=C] vocals SNR  [Infinity]",
                        "[id=two, ] [id=C, name=C] bass SDR  [NaN]");
        assertThat(csv.remarks())
                .extracting(Remark::sentence)
                .containsExactly(
                        scores + ": row 4 has 1 cells where there should be 5",
                        evaluation + ": SNR of bass of C is not a figure: 'x'");
    }
}
