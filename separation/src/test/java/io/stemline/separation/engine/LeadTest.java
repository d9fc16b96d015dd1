package io.stemline.separation.engine;

import static io.stemline.separation.TestAudio.largestDifference;
import static io.stemline.separation.TestAudio.music;
import static io.stemline.separation.TestAudio.scaled;
import static io.stemline.separation.TestAudio.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.separation.SavedModels;
import io.stemline.separation.TestAudio.MemoryStems;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a card's first frame lies, and what that does to stems. */
class LeadTest {

    private static final int WINDOW = SavedModels.STFT.windowLength();
    private static final int HOP = SavedModels.STFT.hopLength();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {192, 200, 255, 256})
    void aLeadOfAllWindowsGivesTheMixtureBack(int leadSamples) throws IOException {
        // Given
        var mixture = music(44_100, 2, 9_001);
        var stems = new MemoryStems();

        // When
        try (var engine = engineWith(leadSamples)) {
            engine.separate("half", source(mixture), stems);
        }

        // Then
        assertThat(largestDifference(stems.stem("vocals"), scaled(mixture.samples(), 0.5)))
                .isLessThan(2e-6);
    }

    @Test
    void withoutALeadTheTrackFadesInOverItsFirstWindow() throws IOException {
        // Given
        var mixture = music(44_100, 2, 9_001);
        var expected = scaled(mixture.samples(), 0.5);
        for (float[] channel : expected) {
            for (int n = 0; n < WINDOW; n++) {
                channel[n] *= (float) (overlap(n, 0) / overlap(n, -WINDOW));
            }
        }
        var stems = new MemoryStems();

        // When
        try (var engine = engineWith(0)) {
            engine.separate("half", source(mixture), stems);
        }

        // Then
        assertThat(largestDifference(stems.stem("vocals"), expected)).isLessThan(2e-6);
    }

    @Test
    void aCardWithoutALeadIsWrittenWithoutOne() throws IOException {
        // When
        var without = written(SavedModels.card("without").build());
        var with = written(SavedModels.card("with")
                .spectrogram(SavedModels.STFT.withLeadSamples(7), OutputKind.MASK, "mixture", "masks")
                .build());

        // Then
        assertThat(Files.readString(without.folder().resolve(ModelPackage.CARD)))
                .doesNotContain("leadSamples");
        assertThat(ModelPackage.load(with.folder()).card().stft().orElseThrow().leadSamples())
                .hasValue(7);
    }

    private ModelPackage written(ModelCard card) throws IOException {
        return new SavedModels(folder).spectrogramModel(card, SavedModels.constantMasks(0.5f, 0.5f, 0));
    }

    private SeparationEngine engineWith(int leadSamples) throws IOException {
        var engine = SeparationEngine.open(SeparationSettings.defaults());
        engine.load(written(SavedModels.card("half")
                .spectrogram(SavedModels.STFT.withLeadSamples(leadSamples), OutputKind.MASK, "mixture", "masks")
                .build()));
        return engine;
    }

    /** Sum of squared Hann windows over a sample, of frames from a place on. */
    private static double overlap(int sample, int firstFrame) {
        double sum = 0;
        for (int start = firstFrame; start <= sample; start += HOP) {
            if (sample < start + WINDOW) {
                sum += Math.pow(0.5 - 0.5 * Math.cos(2 * Math.PI * (sample - start) / WINDOW), 2);
            }
        }
        return sum;
    }
}
