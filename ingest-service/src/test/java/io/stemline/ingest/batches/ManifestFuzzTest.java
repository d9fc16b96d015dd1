package io.stemline.ingest.batches;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.problems.ProblemException;
import java.nio.charset.StandardCharsets;

class ManifestFuzzTest {

    @FuzzTest
    void everyLineBecomesAnEntryOrTheWholeIsRefused(byte[] text) {
        String manifest = new String(text, StandardCharsets.UTF_8);
        Manifest.ofJsonLines(manifest).forEach(ManifestFuzzTest::assertUsableOrRefused);
        try {
            Manifest.ofCsv(manifest).forEach(ManifestFuzzTest::assertUsableOrRefused);
        } catch (ProblemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void assertUsableOrRefused(Entry entry) {
        assertThat(entry.name()).isNotBlank();
        assertThat(entry.refusal().isPresent() || entry.path().startsWith("/")).isTrue();
    }
}
