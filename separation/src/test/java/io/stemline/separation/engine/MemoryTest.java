package io.stemline.separation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.audio.AudioFormat;
import io.stemline.separation.SavedModels;
import io.stemline.separation.TestAudio;
import io.stemline.separation.TestAudio.GeneratedSource;
import io.stemline.separation.streaming.SeparationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

    private static final long HALF_MINUTE = 30L * 44_100;
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void theHeapDoesNotGrowWithTheLengthOfTheTrack() throws IOException {
        // Given
        var samples = new ArrayList<Long>();
        var next = new long[] {HALF_MINUTE};
        var options = SeparationOptions.none().withListener((done, total) -> {
            if (done >= next[0]) {
                next[0] += HALF_MINUTE;
                samples.add(heapInUse());
            }
        });
        try (var engine = SeparationEngine.open(SeparationSettings.defaults())) {
            engine.load(new SavedModels(folder)
                    .spectrogramModel(
                            SavedModels.card("constant").build(), SavedModels.constantMasks(0.5f, 0.25f, 0.25f)));
            long before = heapInUse();

            // When
            engine.separate(
                    "constant",
                    new GeneratedSource(new AudioFormat(44_100, 2), 5 * HALF_MINUTE),
                    TestAudio::forget,
                    options);

            // Then
            assertThat(samples).hasSize(5);
            assertThat(samples.getLast() - samples.getFirst()).isLessThan(2 * MEGABYTE);
            assertThat(samples).allSatisfy(sample -> assertThat(sample - before).isLessThan(20 * MEGABYTE));
            assertThat(heapInUse() - before).isLessThan(MEGABYTE);
        }
    }

    private static long heapInUse() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
