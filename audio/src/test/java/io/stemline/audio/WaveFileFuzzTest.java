package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class WaveFileFuzzTest {

    @FuzzTest
    void whatIsReadIsSoundOfTheLengthThatWasProbedOrRefusedByName(byte[] wave) throws IOException {
        Path file = Files.createTempFile("fuzzed", ".wav");
        try {
            Files.write(file, wave);
            AudioProbe probe = AudioFiles.probe(file);
            assertThat(AudioFiles.readAll(file).lengthFrames()).isEqualTo(probe.lengthFrames());
        } catch (AudioException e) {
            assertThat(e).hasMessageStartingWith(file.getFileName() + ": ");
        } finally {
            Files.delete(file);
        }
    }
}
