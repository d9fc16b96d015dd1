package io.stemline.training.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    Path folder;

    @Test
    void aFileReplacesTheOneBefore() {
        // Given
        Path file = folder.resolve("checkpoint/last");
        WholeFile.writeText(file, "first");

        // When
        WholeFile.writeText(file, "second");

        // Then
        assertThat(file).content().isEqualTo("second");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:*.unfinished");
    }

    @Test
    void theLastFileStandsWhenTheDiskIsFull() throws Exception {
        // Given: writing to the device of this name fails as on a full disk
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full here, so no disk can be full");
        Path file = folder.resolve("last");
        WholeFile.writeText(file, "good");
        Path unfinished = Files.createSymbolicLink(folder.resolve("last.unfinished"), full);

        // When / Then
        assertThatThrownBy(() -> WholeFile.write(file, out -> out.write(new byte[1 << 20])))
                .isInstanceOf(FolderException.class)
                .hasMessageMatching("\\Q" + file + "\\E: cannot be written \\(No space left on device; "
                        + "[0-9.]+ MB are free there\\); what was there before is as it was");
        assertThat(file).content().isEqualTo("good");
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void theLastFileStandsWhenTheContentFails() {
        // Given
        Path file = folder.resolve("last");
        WholeFile.writeText(file, "good");

        // When / Then
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write("half".getBytes(StandardCharsets.UTF_8));
                    throw new IllegalStateException("no more");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more");
        assertThat(file).content().isEqualTo("good");
        assertThat(folder.resolve("last.unfinished")).doesNotExist();
    }

    @Test
    void anInterruptedThreadFinishesItsFile() {
        // Given
        Path file = folder.resolve("last");
        Thread.currentThread().interrupt();

        // When
        WholeFile.writeText(file, "whole");

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).content().isEqualTo("whole");
    }

    @Test
    void whatIsInTheWayIsNamed() throws Exception {
        // Given
        Path inTheWay = Files.writeString(folder.resolve("checkpoint"), "a file");

        // When / Then
        assertThatThrownBy(() -> WholeFile.writeText(inTheWay.resolve("last"), "text"))
                .isInstanceOf(FolderException.class)
                .hasMessageContaining("cannot be written (" + inTheWay + " is in the way");
    }
}
