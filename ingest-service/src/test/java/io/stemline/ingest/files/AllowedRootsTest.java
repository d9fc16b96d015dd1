package io.stemline.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedRootsTest {
    @TempDir
    Path folder;

    private Path music;
    private AllowedRoots roots;

    @BeforeEach
    void aFolderOfMusicBesideSecrets() throws IOException {
        music = Files.createDirectories(folder.resolve("music"));
        Files.createDirectories(music.resolve("album"));
        Files.createDirectories(folder.resolve("music-of-others"));
        Files.writeString(music.resolve("album/song.wav"), "a song");
        Files.writeString(folder.resolve("secret.wav"), "a secret");
        Files.writeString(folder.resolve("music-of-others/song.wav"), "another's");
        Files.createSymbolicLink(music.resolve("link.wav"), folder.resolve("secret.wav"));
        Files.createSymbolicLink(music.resolve("up"), folder);
        Files.createSymbolicLink(music.resolve("nowhere.wav"), folder.resolve("not-there.wav"));
        Files.createSymbolicLink(music.resolve("inside.wav"), music.resolve("album/song.wav"));
        roots = new AllowedRoots(Optional.of(List.of(music)), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret.wav",
                "music-of-others/song.wav",
                "music/../secret.wav",
                "music/album/../../secret.wav",
                "music/link.wav",
                "music/up/secret.wav",
                "music/up/music-of-others/song.wav",
                "music/up/not-there.wav",
                "not-there.wav",
                ""
            })
    void whatLiesElsewhereIsRefusedWithoutSayingWhetherItIsThere(String path) {
        // Given
        Path submitted = Path.of(folder + "/" + path);

        // When
        Optional<String> refusal = roots.refusal(submitted);

        // Then
        assertThat(refusal)
                .contains(submitted
                        + ": is outside the folders that files may be submitted from (stemline.ingest.roots)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "music",
                "music/album/song.wav",
                "music/./album/../album/song.wav",
                "music/up/music/album/song.wav",
                "music/inside.wav",
                "music/not-there.wav"
            })
    void whatLiesBelowARootIsAdmittedWhereItReallyLies(String path) throws Exception {
        // When
        Path there = roots.admit(Path.of(folder + "/" + path));

        // Then
        assertThat(there).startsWithRaw(music.toRealPath());
        assertThat(there).isEqualTo(Files.exists(there) ? there.toRealPath() : there);
    }

    @Test
    void aLinkThatIsTurnedElsewhereAfterSubmissionIsRefusedAtIntake() throws IOException {
        // Given
        Path link = music.resolve("inside.wav");
        assertThat(roots.refusal(link)).isEmpty();

        // When
        Files.delete(link);
        Files.createSymbolicLink(link, folder.resolve("secret.wav"));

        // Then
        assertThatThrownBy(() -> roots.admit(link)).isInstanceOf(RefusedFileException.class);
    }

    @Test
    void aRootMayItselfBeALink() throws Exception {
        // Given
        Path link = Files.createSymbolicLink(folder.resolve("collection"), music);
        var linked = new AllowedRoots(Optional.of(List.of(link)), false);

        // When, Then
        assertThat(linked.admit(link.resolve("album/song.wav")))
                .isEqualTo(music.toRealPath().resolve("album/song.wav"));
        assertThat(linked.refusal(link.resolve("link.wav"))).isPresent();
    }

    @Test
    void withoutRootsAllIsAdmittedOnThisMachineAloneAndNothingElsewhere() {
        // Given
        Path anything = folder.resolve("secret.wav");

        // When, Then
        assertThat(new AllowedRoots(Optional.empty(), true).refusal(anything)).isEmpty();
        assertThat(new AllowedRoots(Optional.empty(), false).refusal(anything))
                .contains(
                        anything
                                + ": files can only be uploaded here; to submit them by their paths, name the folders that are allowed in stemline.ingest.roots");
    }

    @Test
    void addressesOfTheWebAreRefusedWithASentenceOfTheirOwn() {
        assertThat(AllowedRoots.notAbsolute("https://example.com/a.wav")).contains("nothing is fetched from the web");
        assertThat(AllowedRoots.notAbsolute("album/a.wav")).isEqualTo("album/a.wav: the path is not absolute");
    }
}
