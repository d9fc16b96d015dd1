package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestFileTest {

    @TempDir
    private Path folder;

    @Test
    void csvBecomesJsonLinesWithAbsolutePathsAndItsOwnLineNumbers() throws IOException {
        // Given
        Path manifest = folder.resolve("list.csv");
        Files.writeString(manifest, "path,title\nsong.mp3,\"Hello, World\"\n/music/other.wav,\n");

        // When
        String lines = ManifestFile.asJsonLines(manifest);

        // Then
        assertThat(lines.split("\n"))
                .containsExactly(
                        "",
                        "{\"path\":\"" + folder.resolve("song.mp3") + "\",\"title\":\"Hello, World\"}",
                        "{\"path\":\"/music/other.wav\",\"title\":\"\"}");
    }

    @Test
    void jsonLinesKeepWhatTheySayAndWhatMakesNoSenseIsPassedOn() throws IOException {
        // Given
        Path manifest = folder.resolve("list.jsonl");
        Files.writeString(
                manifest, "{\"path\": \"../song.mp3\", \"isrc\": \"X\"}\n\nnot json\n{\"title\": \"no path\"}");

        // When
        String lines = ManifestFile.asJsonLines(manifest);

        // Then
        assertThat(lines.split("\n"))
                .containsExactly(
                        "{\"path\":\"" + folder.resolveSibling("song.mp3") + "\",\"isrc\":\"X\"}",
                        "",
                        "not json",
                        "{\"title\":\"no path\"}");
    }

    @Test
    void anotherKindOfFileIsRefused() throws IOException {
        // Given
        Path manifest = Files.writeString(folder.resolve("list.xlsx"), "");

        // When
        var reading = assertThatThrownBy(() -> ManifestFile.asJsonLines(manifest));

        // Then
        reading.isInstanceOf(CommandFailure.class).hasMessageEndingWith("a manifest's name ends with .csv or .jsonl");
    }
}
