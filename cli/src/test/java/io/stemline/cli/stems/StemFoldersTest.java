package io.stemline.cli.stems;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StemFoldersTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {"two words", "it's \"quoted\"", "🎧 mix", "שיר", ".hidden", "-dash", "back\\slash", "a:b?c*"})
    void namesAreKeptAsTheyAre(String name) {
        // When
        String folder = StemFolders.folderName(name);

        // Then
        assertThat(folder).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({".., __", "., _"})
    void aNameCannotLeadOutOfTheOutputFolder(String name, String expected) {
        // When
        String folder = StemFolders.folderName(name);

        // Then
        assertThat(folder).isEqualTo(expected);
    }

    @Test
    void controlCharactersAreReplaced() {
        // When
        String folder = StemFolders.folderName("two\nlines\u0000");

        // Then
        assertThat(folder).isEqualTo("two_lines_");
    }

    @Test
    void aNameTooLongForTheFileSystemIsCutBetweenLetters() {
        // When
        String folder = StemFolders.folderName("é".repeat(150));

        // Then
        assertThat(folder).isEqualTo("é".repeat(100));
        assertThat(folder.getBytes(StandardCharsets.UTF_8)).hasSize(200);
    }

    @Test
    void tracksInFoldersKeepTheirFolders() {
        // When
        Path folder = new StemFolders(root).of("album/song", "/music/album/song.mp3");

        // Then
        assertThat(folder).isEqualTo(root.resolve("album").resolve("song"));
    }

    @Test
    void aPathWithDotsStaysBelowTheOutputFolder() {
        // When
        Path folder = new StemFolders(root).of("../../etc/song", "/music/song.mp3");

        // Then
        assertThat(folder).isEqualTo(root.resolve(Path.of("__", "__", "etc", "song")));
    }

    @Test
    void twoTracksOfOneNameGetTwoFolders() {
        // Given
        var folders = new StemFolders(root);
        Path first = folders.of("song", "/music/song.mp3");

        // When
        Path second = folders.of("song", "/music/song.flac");

        // Then
        assertThat(first).isEqualTo(root.resolve("song"));
        assertThat(second).isEqualTo(root.resolve("song (2)"));
    }

    @Test
    void namesThatDifferInCaseAloneGetFoldersThatDifferInMore() {
        // Given
        var folders = new StemFolders(root);
        folders.of("Song", "/music/Song.mp3");

        // When
        Path second = folders.of("song", "/music/song.mp3");

        // Then
        assertThat(second).isEqualTo(root.resolve("song (2)"));
    }

    @Test
    void eachTrackFindsItsFolderAgainInAnyOrder() throws IOException {
        // Given
        var before = new StemFolders(root);
        Path ofMp3 = before.create("song", "/music/song.mp3");
        Path ofFlac = before.create("song", "/music/song.flac");

        // When
        var after = new StemFolders(root);
        Path ofFlacAgain = after.of("song", "/music/song.flac");
        Path ofMp3Again = after.of("song", "/music/song.mp3");

        // Then
        assertThat(ofMp3Again).isEqualTo(ofMp3);
        assertThat(ofFlacAgain).isEqualTo(ofFlac);
    }

    @Test
    void aFolderWithOtherFilesIsLeftAlone() throws IOException {
        // Given
        Files.createDirectories(root.resolve("song"));
        Files.writeString(root.resolve("song").resolve("vocals.wav"), "recorded by myself");

        // When
        Path folder = new StemFolders(root).of("song", "/music/song.mp3");

        // Then
        assertThat(folder).isEqualTo(root.resolve("song (2)"));
    }

    @Test
    void aFileInTheWayIsLeftAlone() throws IOException {
        // Given
        Files.writeString(root.resolve("song"), "");

        // When
        Path folder = new StemFolders(root).of("song", "/music/song.mp3");

        // Then
        assertThat(folder).isEqualTo(root.resolve("song (2)"));
    }
}
