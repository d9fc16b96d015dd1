package io.stemline.cli.stems;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StemRecordTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> foreignBytes() {
        return Stream.of(
                Arguments.argumentSet("nothing", new byte[0]),
                Arguments.argumentSet("cut", "{\"source\": \"son".getBytes(StandardCharsets.UTF_8)),
                Arguments.argumentSet("something else", "{\"name\": \"song\"}".getBytes(StandardCharsets.UTF_8)),
                Arguments.argumentSet("looks like UTF-32 and is none", new byte[] {0, 0, 0, '{', 127, 127, 127, 127}));
    }

    @ParameterizedTest
    @MethodSource("foreignBytes")
    void aFileThatCannotBeUnderstoodIsNoRecord(byte[] bytes) throws IOException {
        // Given
        Files.write(folder.resolve(".stemline.json"), bytes);

        // When
        var record = StemRecord.read(folder);

        // Then
        assertThat(record).isEmpty();
    }

    @Test
    void aFolderWithoutTheFileHasNoRecord() {
        // When
        var record = StemRecord.read(folder);

        // Then
        assertThat(record).isEmpty();
    }
}
