package io.stemline.modelimport.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.separation.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarGzTest {

    @TempDir
    private Path folder;

    private Path archive;
    private Path target;

    @BeforeEach
    void folders() throws IOException {
        archive = folder.resolve("archive.tar.gz");
        target = Files.createDirectories(folder.resolve("target"));
    }

    @Test
    void filesAndFoldersAreUnpacked() throws IOException {
        // Given
        try (var tar = tar()) {
            tar.putArchiveEntry(new TarArchiveEntry("./model/"));
            tar.closeArchiveEntry();
            file(tar, "./model/model.index", "index");
            file(tar, "checkpoint", "text");
        }

        // When
        TarGz.unpack(archive, target);

        // Then
        assertThat(target.resolve("model/model.index")).hasContent("index");
        assertThat(target.resolve("checkpoint")).hasContent("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "model/../../outside",
                "/tmp/outside",
                "..\\outside",
                "C:\\outside",
                "a/../../outside"
            })
    void aNameThatClimbsOutIsRefused(String name) throws IOException {
        // Given
        try (var tar = tar()) {
            var entry = new TarArchiveEntry(name, true);
            entry.setName(name);
            entry.setSize(1);
            tar.putArchiveEntry(entry);
            tar.write('x');
            tar.closeArchiveEntry();
        }

        // When
        // Then
        refused("would lie outside the folder that it is unpacked to");
        assertThat(folder.resolve("outside")).doesNotExist();
        assertThat(target).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK})
    void aLinkIsRefused(byte kind) throws IOException {
        // Given
        try (var tar = tar()) {
            var link = new TarArchiveEntry("model.index", kind);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        // When
        // Then
        refused("'model.index' is a link to '/etc/passwd'");
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_FIFO, TarConstants.LF_BLK, TarConstants.LF_CHR})
    void aPipeOrADeviceIsRefused(byte kind) throws IOException {
        // Given
        try (var tar = tar()) {
            tar.putArchiveEntry(new TarArchiveEntry("pipe", kind));
            tar.closeArchiveEntry();
        }

        // When
        // Then
        refused("'pipe' is neither a file nor a folder");
    }

    @Test
    void whatUnpacksToMoreThanAnyModelIsRefused() throws IOException {
        // Given
        try (var tar = tar()) {
            file(tar, "a", "12345");
            file(tar, "b", "123456");
        }

        // When
        // Then
        assertThatThrownBy(() -> new TarGz(archive, target, 10).unpack())
                .isInstanceOf(ModelException.class)
                .hasMessage(archive + ": this archive is not unpacked: it unpacks to more than 10 bytes");
        assertThat(target.resolve("b")).doesNotExist();
    }

    @Test
    void tooManyEntriesAreRefused() throws IOException {
        // Given
        try (var tar = tar()) {
            for (int entry = 0; entry <= TarGz.MOST_ENTRIES; entry++) {
                file(tar, "file-" + entry, "");
            }
        }

        // When
        // Then
        refused("it has more than 1000 entries");
    }

    @Test
    void aCutArchiveIsRefused() throws IOException {
        // Given
        try (var tar = tar()) {
            file(tar, "model.index", "index".repeat(10_000));
        }
        var whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

        // When
        // Then
        assertThatThrownBy(() -> TarGz.unpack(archive, target))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(archive + ": not a whole .tar.gz archive (");
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() throws IOException {
        // Given
        Files.writeString(archive, "Dear reader, this is no archive.");

        // When
        // Then
        assertThatThrownBy(() -> TarGz.unpack(archive, target))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(archive + ": not a whole .tar.gz archive (");
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> TarGz.unpack(archive, target))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(archive + ": this archive is not unpacked: ")
                .hasMessageContaining(reason);
    }

    private TarArchiveOutputStream tar() throws IOException {
        return new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)));
    }

    private static void file(TarArchiveOutputStream tar, String name, String contents) throws IOException {
        var bytes = contents.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
