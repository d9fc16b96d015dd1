package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodingOfFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyEncodingIsFoundInTheFileThatItMade(Encoding encoding) {
        // Given
        Path file = folder.resolve("sound." + encoding.extension());
        AudioFiles.write(file, new AudioBuffer(new AudioFormat(44_100, 2), new float[2][20_000]), encoding);

        // When
        var found = Encoding.of(AudioFiles.probe(file));

        // Then
        assertThat(found).contains(encoding);
    }
}
