package io.stemline.reports.museval;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class MusevalFileFuzzTest {

    @FuzzTest
    void whatIsReadIsATrackOrSomethingElseOrUnusableWithAReason(byte[] json) throws IOException {
        Path file = Files.createTempFile("museval", ".json");
        try {
            Files.write(file, json);
            assertThat(MusevalFile.read(file)).isNotNull();
        } catch (MusevalFile.UnusableException e) {
            assertThat(e.getMessage()).isNotBlank();
        } finally {
            Files.delete(file);
        }
    }
}
