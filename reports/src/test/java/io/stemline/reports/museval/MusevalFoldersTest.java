package io.stemline.reports.museval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.reports.Remark;
import io.stemline.reports.Remark.Kind;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.ScoreTableBuilder;
import io.stemline.reports.scores.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MusevalFoldersTest {
    private static final String FRAME =
            "{\"time\": %s, \"duration\": 2.0, \"metrics\": {\"SDR\": %s, \"SIR\": 2, \"ISR\": 3, \"SAR\": 4}}";

    @TempDir
    private Path folder;

    private final ScoreTableBuilder builder = new ScoreTableBuilder();
    private final MusevalFolders folders = new MusevalFolders(builder);

    private static String frame(double time, Object sdr) {
        return FRAME.formatted(time, sdr);
    }

    private static String target(String name, String... frames) {
        return "{\"name\": \"%s\", \"frames\": [%s]}".formatted(name, String.join(",", frames));
    }

    private static String file(String... targets) {
        return "{\"targets\": [%s], \"museval_version\": \"0.4.1\"}".formatted(String.join(",", targets));
    }

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ScoreTable read() {
        folders.read(folder);
        return builder.build();
    }

    private void assertRemarks(Kind kind, String... ends) {
        assertThat(folders.remarks()).extracting(Remark::kind).containsOnly(kind);
        assertThat(folders.remarks()).hasSameSizeAs(ends);
        for (int i = 0; i < ends.length; i++) {
            assertThat(folders.remarks().get(i).sentence()).endsWith(ends[i]);
        }
    }

    @Test
    void aFolderForEachMethodIsAMethodEach() throws IOException {
        // Given
        write("umx/test/A.json", file(target("vocals", frame(0, 5.5), frame(1.5, -2), frame(3, 7))));
        write("IRM2/A.json", file(target("vocals", frame(0, 11))));

        // When
        ScoreTable table = read();

        // Then
        assertThat(table.methods()).containsExactly(Method.of("IRM2"), Method.of("umx"));
        assertThat(table.figures(1, 0, 0, 0)).containsExactly(5.5, -2, 7);
        assertThat(table.windows(1, 0, 0, 0)).isEqualTo(new Windows(2, 1.5));
        assertThat(folders.files()).isEqualTo(2);
    }

    @Test
    void aFolderWithFilesInItIsOneMethod() throws IOException {
        write("A.json", file(target("vocals", frame(0, 5))));
        write("settings.json", "{}");
        write(".tracks/A.json", "{");
        assertThat(read().methods())
                .containsExactly(Method.of(folder.getFileName().toString()));
        assertThat(folders.remarks()).isEmpty();
    }

    @Test
    void literalsThatJsonDoesNotKnowAreFiguresThatAreMissing() throws IOException {
        write("m/A.json", file(target("vocals", frame(0, "NaN"), frame(1, "Infinity"), frame(2, "null"), frame(3, 4))));
        ScoreTable table = read();
        assertThat(table.figures(0, 0, 0, 0)).containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NaN, 4);
        assertThat(table.median(0, 0, 0, 0)).isEqualTo(4);
        assertThat(folders.remarks()).isEmpty();
    }

    @Test
    void aFileThatIsCutOffIsPassedOverWhole() throws IOException {
        // Given
        String whole = file(target("vocals", frame(0, 5)));
        write("m/A.json", whole);
        write("m/B.json", whole.substring(0, whole.length() - 20));
        write("m/C.json", "");
        write("m/D.json", whole + "}");
        write("m/E.json", "{\"targets\": [{\"name\": \"vocals\", \"frames\": [{\"metrics\": {\"SDR\": true}}]}]}");

        // When
        ScoreTable table = read();

        // Then
        assertThat(table.tracks()).hasSize(1);
        assertThat(folders.files()).isEqualTo(1);
        assertThat(folders.remarks()).extracting(Remark::kind).containsOnly(Kind.UNREADABLE);
        assertThat(folders.remarks().get(0).sentence()).endsWith("B.json: the file is cut off in line 1");
        assertThat(folders.remarks().get(1).sentence()).endsWith("C.json: the file is empty");
        assertThat(folders.remarks().get(2).sentence()).contains("D.json: it is not JSON, from line 1 on");
        assertThat(folders.remarks().get(3).sentence()).contains("E.json", "a figure is not a number");
    }

    @Test
    void metricsThatAreMissingAreNamedAndTheOthersCount() throws IOException {
        write(
                "m/A.json",
                file("{\"name\": \"bass\", \"frames\": [{\"time\": 0, \"metrics\": {\"SDR\": 1, \"SAR\": 2}}]}"));
        ScoreTable table = read();
        assertThat(table.metrics()).containsExactly("SDR", "SAR");
        assertRemarks(Kind.MISSING_METRIC, "A.json: bass has no SIR, ISR");
    }

    @Test
    void aMetricThatSomeWindowsLackKeepsItsPlaceInTime() throws IOException {
        write("m/A.json", file(target("bass", "{\"time\": 0, \"metrics\": {}}", frame(1, 6))));
        ScoreTable table = read();
        assertThat(table.figures(0, 0, 0, 0)).containsExactly(Double.NaN, 6);
        assertRemarks(Kind.MISSING_METRIC, "A.json: some windows of bass lack metrics that others have");
    }

    @Test
    void windowsThatAreNotAlikeAreNamed() throws IOException {
        write("m/A.json", file(target("vocals", frame(0, 1), frame(1, 1)), target("bass", frame(0, 1))));
        assertThat(read().stems()).containsExactly("vocals", "bass");
        assertRemarks(
                Kind.UNEQUAL_WINDOWS, "A.json: bass: 1 windows, where the first that was read of this track has 2");
    }

    @Test
    void jsonOfSomethingElseIsPassedOver() throws IOException {
        write("m/A.json", file(target("vocals", frame(0, 1))));
        write("m/list.json", "[1, 2]");
        read();
        assertRemarks(Kind.NOT_SCORES, "list.json: there are no \"targets\" in it, as museval writes them");
    }

    @Test
    void aTrackOrStemThatComesTwiceCountsOnce() throws IOException {
        write("m/test/A.json", file(target("vocals", frame(0, 1)), target("vocals", frame(0, 9))));
        write("m/train/A.json", file(target("vocals", frame(0, 9))));
        assertThat(read().figures(0, 0, 0, 0)).containsExactly(1);
        assertRemarks(
                Kind.TWICE, "A.json: 'vocals' is in it twice", "A.json: another file of this method has the same name");
    }

    @Test
    void methodsOfTheSameNameInTwoPlacesStayApart() throws IOException {
        // Given
        write("one/scores/A.json", file(target("vocals", frame(0, 1))));
        write("two/scores/A.json", file(target("vocals", frame(0, 2))));

        // When
        folders.read(folder.resolve("one/scores"));
        folders.read(folder.resolve("two/scores"));

        // Then
        assertThat(builder.build().methods()).extracting(Method::id).isEqualTo(List.of("scores", "two/scores"));
    }

    @Test
    void aFolderThatIsNamedTwiceIsRefused() throws IOException {
        write("m/A.json", file(target("vocals", frame(0, 1))));
        folders.read(folder);
        assertThatThrownBy(() -> folders.read(folder.resolve("m"))).hasMessageEndingWith("m: it was named twice");
    }

    @Test
    void aFolderWithoutScoresIsRefused() throws IOException {
        write("m/letter.txt", "Dear reader");
        assertThatThrownBy(() -> folders.read(folder)).hasMessageContaining("there are no scores in it");
        assertThatThrownBy(() -> folders.read(folder.resolve("nowhere")))
                .hasMessageEndingWith("there is no such folder");
    }
}
