package io.stemline.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stemline.audio.AudioFiles;
import io.stemline.bsseval.BssEval;
import io.stemline.bsseval.BssEvalSettings;
import io.stemline.bsseval.Metric;
import io.stemline.bsseval.Signal;
import io.stemline.separation.model.ModelPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bundled model on half a minute of a recorded song, as museval would score it. */
class RealSongTest {
    private static final Path SONG = Path.of(System.getProperty("stemline.reference-data"), "fixtures/real-song");
    private static final Path MODEL = Path.of(System.getProperty("stemline.project-root"), "models/unet-2");

    @Test
    void theBundledModelSeparatesARealVoice() {
        assumeTrue(Files.exists(SONG), "SKIPPED: no recorded song at " + SONG);

        // Given
        float[][] mixture = AudioFiles.readAll(SONG.resolve("mix.mp3")).samples();
        Signal vocals =
                Signal.of(AudioFiles.readAll(SONG.resolve("vocals_true.mp3")).samples());
        Signal accompaniment = Signal.of(
                AudioFiles.readAll(SONG.resolve("accompaniment_true.mp3")).samples());
        double[] before = sdr(vocals, accompaniment, Signal.of(mixture), Signal.of(mixture));

        // When
        Map<String, float[][]> stems;
        try (var scorer = new ModelScorer(ModelPackage.load(MODEL), 0)) {
            stems = scorer.separate(mixture, 44_100);
        }
        Signal rest = Signal.sumOf(
                Signal.of(stems.get("drums")), Signal.of(stems.get("bass")), Signal.of(stems.get("other")));
        double[] after = sdr(vocals, accompaniment, Signal.of(stems.get("vocals")), rest);
        System.out.printf("real song, SDR: vocals %.2f dB, accompaniment %.2f dB%n", after[0], after[1]);

        // Then
        assertThat(after[0]).isGreaterThan(before[0] + 9);
        assertThat(after[1]).isGreaterThan(before[1] + 6);
    }

    /** Version 4, median over windows of a second, for vocals and accompaniment. */
    private static double[] sdr(Signal vocals, Signal accompaniment, Signal first, Signal second) {
        return BssEval.v4(
                        List.of(vocals, accompaniment),
                        List.of(first, second),
                        BssEvalSettings.oneSecondWindows(44_100))
                .median(Metric.SDR);
    }
}
