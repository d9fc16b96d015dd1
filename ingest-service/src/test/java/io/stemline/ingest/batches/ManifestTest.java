package io.stemline.ingest.batches;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.ingest.batches.Submission.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestTest {

    @Test
    void aCsvManifestIsReadByItsHeader() {
        // Given
        String csv = """
                isrc,path,title,artist
                DEA123,/music/a.wav,"A, and more",Somebody
                ,/music/b.flac,,
                """;

        // When
        List<Entry> entries = Manifest.ofCsv(csv);

        // Then
        assertThat(entries).extracting(Entry::name).containsExactly("A, and more", "b");
        assertThat(entries.getFirst().tags().isrc()).contains("DEA123");
        assertThat(entries.getFirst().tags().artist()).contains("Somebody");
        assertThat(entries.getLast().tags().title()).isEmpty();
        assertThat(entries).extracting(Entry::refusal).containsOnly(Optional.empty());
    }

    @Test
    void aJsonLinesManifestIsRead() {
        // Given
        String lines = """
                {"path": "/music/a.wav", "title": "Ä", "album": "X"}

                {"path": "/music/b.wav", "unknown": 1}
                """;

        // When
        List<Entry> entries = Manifest.ofJsonLines(lines);

        // Then
        assertThat(entries).extracting(Entry::name).containsExactly("Ä", "b");
        assertThat(entries.getFirst().tags().album()).contains("X");
    }

    @Test
    void aLineThatNamesTheRootFolderIsRefusedAndTheOthersGoOn() {
        // Given
        String csv = """
                path
                /
                /music/b.wav
                """;

        // When
        List<Entry> entries = Manifest.ofCsv(csv);

        // Then
        assertThat(entries.getFirst().refusal()).isPresent();
        assertThat(entries.getLast().refusal()).isEmpty();
    }

    @Test
    void linesThatCannotBeUsedShowAndTheOthersGoOn() {
        // Given
        String lines = """
                {"path": "/music/a.wav"}
                {"title": "no path"}
                {"path": "relative.wav"}
                not json
                {"path": "/music/b.wav"}
                """;

        // When
        List<Entry> entries = Manifest.ofJsonLines(lines);

        // Then
        assertThat(entries)
                .extracting(Entry::refusal)
                .containsExactly(
                        Optional.empty(),
                        Optional.of("line 2 of the manifest: has no 'path'"),
                        Optional.of("line 3 of the manifest: the path 'relative.wav' is not absolute"),
                        Optional.of("line 4 of the manifest: is not JSON"),
                        Optional.empty());
    }

    @Test
    void aCsvWithoutAPathColumnRefusesEveryLine() {
        // Given
        String csv = "file,title\n/music/a.wav,A\n";

        // When
        List<Entry> entries = Manifest.ofCsv(csv);

        // Then
        assertThat(entries)
                .extracting(Entry::refusal)
                .containsExactly(Optional.of("line 2 of the manifest: has no 'path'"));
    }
}
