package io.stemline.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.problems.ProblemException;
import java.nio.file.Path;
import java.util.List;

class ManifestFuzzTest {

    @FuzzTest
    void everyLineIsATrackOrRefusedWithAReason(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        usable(Manifest.ofJsonLines(text));
        try {
            usable(Manifest.ofCsv(text));
        } catch (ProblemException e) {
            assertThat(e).hasMessageStartingWith("the manifest is not CSV after ");
        }
    }

    private static void usable(List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.refusal().isPresent()) {
                assertThat(entry.refusal().get()).matches("(?s)line \\d+ of the manifest: .+");
            } else {
                assertThat(Path.of(entry.path())).isAbsolute();
                assertThat(entry.name()).isNotBlank();
            }
        }
    }
}
