package io.stemline.ingest.batches;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderScanTest {

    @TempDir
    Path folder;

    @Test
    void audioFilesAreFoundAtAnyDepthInTheOrderOfTheirPaths() throws IOException {
        // Given
        touch("b.MP3");
        touch("a/song.flac");
        touch("a/cover.jpg");
        touch("a/.hidden.wav");
        touch(".trash/old.wav");
        touch("notes.txt");

        // When
        List<Entry> entries = FolderScan.tracksBelow(folder);

        // Then
        assertThat(entries).extracting(Entry::name).containsExactly("a/song", "b");
        assertThat(entries)
                .extracting(Entry::path)
                .containsExactly(
                        folder.resolve("a/song.flac").toString(),
                        folder.resolve("b.MP3").toString());
    }

    @Test
    void aFolderWithAMixtureIsOneTrackWithItsReferences() throws IOException {
        // Given
        touch("test/A Band - A Song/mixture.wav");
        touch("test/A Band - A Song/vocals.wav");
        touch("test/A Band - A Song/drums.wav");
        touch("test/A Band - A Song/readme.md");

        // When
        List<Entry> entries = FolderScan.tracksBelow(folder);

        // Then
        Path track = folder.resolve("test/A Band - A Song");
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().name()).isEqualTo("test/A Band - A Song");
        assertThat(entries.getFirst().path())
                .isEqualTo(track.resolve("mixture.wav").toString());
        assertThat(entries.getFirst().references())
                .containsExactly(
                        new ReferenceFile("drums", track.resolve("drums.wav").toString()),
                        new ReferenceFile("vocals", track.resolve("vocals.wav").toString()));
    }

    @Test
    void aMixtureInTheFolderItselfIsNamedAfterTheFolder() throws IOException {
        // Given
        touch("mixture.wav");
        touch("bass.wav");

        // When
        List<Entry> entries = FolderScan.tracksBelow(folder);

        // Then
        assertThat(entries)
                .extracting(Entry::name)
                .containsExactly(folder.getFileName().toString());
    }

    @Test
    void aBrokenLinkBecomesAVisibleRefusal() throws IOException {
        // Given
        Files.createSymbolicLink(folder.resolve("gone.wav"), folder.resolve("nowhere.wav"));
        touch("here.wav");

        // When
        List<Entry> entries = FolderScan.tracksBelow(folder);

        // Then
        assertThat(entries).extracting(Entry::name).containsExactly("gone", "here");
        assertThat(entries.getFirst().refusal()).contains("gone: the link leads nowhere");
        assertThat(entries.getLast().refusal()).isEmpty();
    }

    @Test
    void aStemFileLosesBothPartsOfItsExtension() {
        // Given, When, Then
        assertThat(FolderScan.nameOf(Path.of("/m/A Song.stem.mp4"))).isEqualTo("A Song");
        assertThat(FolderScan.nameOf(Path.of("/m/1.2.flac"))).isEqualTo("1.2");
        assertThat(FolderScan.nameOf(Path.of("/m/שיר 🎵 \"x\".mp3"))).isEqualTo("שיר 🎵 \"x\"");
    }

    private void touch(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }
}
