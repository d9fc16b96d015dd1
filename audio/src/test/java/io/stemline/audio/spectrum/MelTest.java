package io.stemline.audio.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MelTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "200, 3", "1000, 15", "6400, 42", "500, 7.5"})
    void slaneysScaleIsLinearThenLogarithmic(double frequencyHz, double mel) {
        assertThat(MelScale.slaney().fromHz(frequencyHz)).isCloseTo(mel, within(1e-9));
        assertThat(MelScale.slaney().toHz(mel)).isCloseTo(frequencyHz, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "700, 781.1728388", "6300, 2595", "1000, 999.9855371"})
    void htksScaleIsLogarithmic(double frequencyHz, double mel) {
        assertThat(MelScale.htk().fromHz(frequencyHz)).isCloseTo(mel, within(1e-6));
        assertThat(MelScale.htk().toHz(mel)).isCloseTo(frequencyHz, within(1e-6));
    }

    @Test
    void triangularFiltersWithinTheLinearPartHaveClosedForms() {
        // Given: three bands between 0 and 800 Hz on a scale that is linear there: edges every 200 Hz, bins every 50 Hz
        MelFilterBank bank = new MelFilterBank(MelScale.slaney(), MelFilterBank.Height.UNIT, 16_000, 320, 3, 0, 800);

        // When
        float[] second = bank.filter(1);

        // Then
        float[] expected = new float[161];
        for (int bin = 4; bin <= 12; bin++) {
            expected[bin] = 1 - Math.abs(bin - 8) / 4f;
        }
        assertThat(second).containsExactly(expected, within(1e-6f));
    }

    @Test
    void neighbouringFiltersOfUnitHeightAddUpToOne() {
        // Given
        MelFilterBank bank = MelFilterBank.htk(44100, 2048, 40);

        // When
        double[] sum = new double[bank.bins()];
        for (int band = 0; band < bank.bands(); band++) {
            float[] filter = bank.filter(band);
            for (int bin = 0; bin < sum.length; bin++) {
                sum[bin] += filter[bin];
            }
        }

        // Then
        double stepMel = MelScale.htk().fromHz(22050) / 41;
        double firstPeakHz = MelScale.htk().toHz(stepMel);
        double lastPeakHz = MelScale.htk().toHz(40 * stepMel);
        for (int bin = 0; bin < sum.length; bin++) {
            double frequencyHz = bin * 44100.0 / 2048;
            if (frequencyHz > firstPeakHz && frequencyHz < lastPeakHz) {
                assertThat(sum[bin]).isCloseTo(1, within(1e-5));
            }
        }
    }

    @Test
    void filtersOfUnitAreaGiveTheLevelOfAFlatSpectrum() {
        // Given
        MelFilterBank bank = MelFilterBank.slaney(44100, 16384, 64);
        float[] flat = new float[bank.bins()];
        Arrays.fill(flat, 1);
        float[] mel = new float[64];

        // When
        bank.apply(flat, mel);

        // Then: the sum over bins times the distance of bins approximates the area
        for (float band : mel) {
            assertThat(band * 44100 / 16384).isCloseTo(1, within(0.03f));
        }
    }

    @Test
    void spectraAreGatheredFrameByFrame() {
        // Given
        MelFilterBank bank = MelFilterBank.slaney(16_000, 512, 20);
        float[][] spectra = new float[3][257];
        spectra[1][100] = 2;

        // When
        float[][] mel = bank.apply(spectra);

        // Then
        for (int band = 0; band < 20; band++) {
            assertThat(mel[0][band]).isZero();
            assertThat(mel[1][band]).isEqualTo(2 * bank.filter(band)[100]);
        }
    }

    @Test
    void bandsOutsideTheSpectrumAreRefused() {
        assertThatThrownBy(() -> new MelFilterBank(MelScale.htk(), MelFilterBank.Height.UNIT, 16_000, 512, 20, 0, 9000))
                .hasMessageContaining("20 bands from 0.0 to 9000.0 Hz");
    }

    @Test
    void decibelsFollowTheirDefinitionsDownToTheFloor() {
        assertThat(Decibels.fromAmplitude(10, -100)).isCloseTo(20, within(1e-12));
        assertThat(Decibels.fromAmplitude(-0.1, -100)).isCloseTo(-20, within(1e-12));
        assertThat(Decibels.fromPower(1000, -100)).isCloseTo(30, within(1e-12));
        assertThat(Decibels.fromAmplitude(0, -100)).isEqualTo(-100);
        assertThat(Decibels.fromPower(0, -80)).isEqualTo(-80);
        assertThat(Decibels.toAmplitude(-20)).isCloseTo(0.1, within(1e-12));
        assertThat(Decibels.toPower(-20)).isCloseTo(0.01, within(1e-12));
    }
}
