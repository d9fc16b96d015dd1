package io.stemline.separation.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.audio.spectrum.StftSettings;
import io.stemline.separation.SeparationException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OracleTransformTest {
    private static final int LENGTH = 3001;

    private static float[][][] noises(int sources) {
        var random = new Random(6);
        float[][][] noises = new float[sources][2][LENGTH];
        for (float[][] noise : noises) {
            for (float[] channel : noise) {
                for (int n = 0; n < LENGTH; n++) {
                    channel[n] = (float) random.nextGaussian();
                }
            }
        }
        return noises;
    }

    @ParameterizedTest
    @CsvSource({"256,64", "256,100", "256,128", "255,60", "64,7"})
    void estimatesOfRatioMasksAddUpToTheMixture(int window, int hop) {
        // Given
        float[][][] sources = noises(3);

        // When
        float[][][] estimates = new OracleTransform(StftSettings.of(window, hop), OracleKind.IRM1).separate(sources);

        // Then
        for (int channel = 0; channel < 2; channel++) {
            for (int n = 0; n < LENGTH; n++) {
                float mixture = sources[0][channel][n] + sources[1][channel][n] + sources[2][channel][n];
                float sum = estimates[0][channel][n] + estimates[1][channel][n] + estimates[2][channel][n];
                assertThat(Math.abs(sum - mixture)).as("sample %d", n).isLessThan(1e-4f);
            }
        }
    }

    @Test
    void tonesThatDoNotOverlapAreSeparated() {
        // Given: two tones, 32 and 96 periods a window
        float[][][] tones = new float[2][1][LENGTH];
        for (int n = 0; n < LENGTH; n++) {
            tones[0][0][n] = (float) Math.sin(2 * Math.PI * n / 32);
            tones[1][0][n] = (float) Math.sin(2 * Math.PI * 3 * n / 32);
        }

        // When
        float[][][] estimates = new OracleTransform(StftSettings.of(1024, 256), OracleKind.IBM).separate(tones);

        // Then
        for (int n = 1024; n < LENGTH - 1024; n++) {
            assertThat(Math.abs(estimates[0][0][n] - tones[0][0][n])).isLessThan(1e-4f);
        }
    }

    @Test
    void aHopThatLeavesGapsGivesFiguresAllTheSame() {
        float[][][] estimates = new OracleTransform(StftSettings.of(256, 256), OracleKind.IRM2).separate(noises(2));
        for (float sample : estimates[0][0]) {
            assertThat(sample).isFinite();
        }
    }

    @Test
    void theWienerFilterIsNoMask() {
        assertThatThrownBy(() -> new OracleTransform(StftSettings.of(256, 64), OracleKind.MWF))
                .isInstanceOf(SeparationException.class)
                .hasMessage("mwf is no mask; take ibm, irm1 or irm2");
    }
}
