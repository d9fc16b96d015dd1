package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.reports.scores.MethodKind;
import io.stemline.separation.blind.BlindMethods;
import io.stemline.separation.oracle.OracleKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportCommandTest {
    private static final String TRACK =
            "{\"targets\": [{\"name\": \"vocals\", \"frames\": [{\"time\": 0.0, \"duration\": 1.0, \"metrics\": "
                    + "{\"SDR\": %s, \"SIR\": 2.0, \"SAR\": 3.0, \"ISR\": NaN}}]}]}";

    @TempDir
    private Path folder;

    private Path write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private Path published() throws IOException {
        write("published/UMX/A.json", TRACK.formatted("5.5"));
        write("published/UMX/B.json", TRACK.formatted("6.5"));
        write("published/UMX/C.json", TRACK.formatted("6.5").substring(0, 60));
        write("published/IRM2/A.json", TRACK.formatted("11"));
        return folder.resolve("published");
    }

    @Test
    void foldersOfMusevalBecomeAPage() throws IOException {
        // When
        Cli cli = Cli.run("report", published(), "-o", folder.resolve("out/r.html"));

        // Then
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        assertThat(cli.out())
                .containsPattern("median SDR, dB +vocals\n")
                .containsPattern("IRM2 +11\\.00\nUMX +6\\.00\n")
                .contains("Passed over: cannot be read (1)", "C.json: the file is cut off in line 1");
        assertThat(folder.resolve("out/r.html"))
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>published</h1>");
    }

    @Test
    void whatWasImportedStandsBesideOthers() throws IOException {
        // Given
        write("mine/A.json", TRACK.formatted("7"));
        write("mine/scores.csv", "subset,track,stem,metric,value\r\n,A,vocals,SDR,7\r\n,A,vocals,SI-SDR,4\r\n");
        Path imported = folder.resolve("published.json");
        Path csv = folder.resolve("all.csv");

        // When
        Cli first = Cli.run("report", "import-museval", published(), "-o", imported, "--json");
        Cli second = Cli.run("report", folder.resolve("mine"), imported, "-o", csv);

        // Then
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(new ObjectMapper().readTree(first.out()).path("figures").asInt())
                .isEqualTo(12);
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(Files.readAllLines(csv))
                .hasSize(1 + 4 + 1 + 12)
                .contains(
                        "mine,A,vocals,SDR,0.0,1.0,7.0",
                        "mine,A,vocals,SI-SDR,,,4.0",
                        "IRM2,A,vocals,SDR,0.0,1.0,11.0");
    }

    @Test
    void musevalsFormIsAFolder() throws IOException {
        // When
        Cli cli = Cli.run("report", published(), "--format", "museval", "-o", folder.resolve("again"));

        // Then
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        assertThat(folder.resolve(Path.of("again", "UMX", "test", "B.json")))
                .content()
                .contains("\"SDR\": 6.50000", "\"ISR\": NaN");
    }

    @Test
    void whatCannotBeReportedOnIsNamed() throws IOException {
        assertThat(Cli.run("report"))
                .satisfies(cli -> assertThat(cli.exitCode()).isEqualTo(2))
                .satisfies(cli -> assertThat(cli.err()).contains("say what to report on"));
        assertThat(Cli.run("report", folder.resolve("gone")).err()).contains("gone: there is no such file or folder");
        assertThat(Cli.run("report", Files.createDirectory(folder.resolve("empty")))
                        .err())
                .contains("there are no scores in it");
        assertThat(Cli.run("report", published(), "--against", "nobody").err())
                .contains("there is no 'nobody' in it; there are: IRM2, UMX");
        assertThat(Cli.run("report", published(), folder.resolve("published")).err())
                .contains("it was named twice");
        assertThat(Cli.run("report", "--batch", "x", "--data", folder.resolve("none"))
                        .err())
                .contains("no Stemline is up on");
    }

    @Test
    void blindMethodsAndOraclesAreKnownByTheirNames() {
        assertThat(BlindMethods.cards())
                .allSatisfy(card -> assertThat(MethodKind.of(card.id())).isEqualTo(MethodKind.BLIND));
        assertThat(OracleKind.values())
                .allSatisfy(kind -> assertThat(MethodKind.of(kind.toString())).isEqualTo(MethodKind.ORACLE));
        assertThat(MethodKind.of("unet-1")).isEqualTo(MethodKind.MODEL);
    }
}
