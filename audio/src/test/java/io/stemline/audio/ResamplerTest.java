package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

    @ParameterizedTest
    @CsvSource({"44100, 48000", "48000, 44100", "44100, 96000", "44100, 22050", "44100, 16000", "96000, 44100"})
    void sinesAreWhereTheyWere(int fromHz, int toHz) {
        // Given
        AudioBuffer signal = Signals.sines(fromHz, 2, 2 * fromHz, 0.5);

        // When
        AudioBuffer converted = Resampler.resample(signal, toHz);

        // Then
        AudioBuffer expected = Signals.sines(toHz, 2, 2 * toHz, 0.5);
        assertThat(converted.lengthFrames()).isEqualTo(2 * toHz);
        assertThat(Signals.errorDb(converted.channel(0), expected.channel(0), toHz / 2, toHz * 3 / 2))
                .isLessThan(-90);
        assertThat(Signals.errorDb(converted.channel(1), expected.channel(1), toHz / 2, toHz * 3 / 2))
                .isLessThan(-90);
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000, 1", "44100, 48000, 2", "48000, 44100, 12345", "8000, 44100, 7", "192000, 8000, 11"})
    void lengthsAreRoundedExactly(int fromHz, int toHz, int lengthFrames) {
        // Given
        AudioBuffer signal = Signals.noise(fromHz, 1, lengthFrames, 0.5, 5);

        // When
        AudioBuffer converted = Resampler.resample(signal, toHz);

        // Then
        assertThat(converted.lengthFrames()).isEqualTo((int) Math.round((double) lengthFrames * toHz / fromHz));
    }

    @Test
    void thereAndBackIsTheSame() {
        // Given
        AudioBuffer signal = Signals.sines(44100, 1, 44100, 0.9);

        // When
        AudioBuffer back = Resampler.resample(Resampler.resample(signal, 48000), 44100);

        // Then
        assertThat(back.lengthFrames()).isEqualTo(44100);
        assertThat(Signals.errorDb(back.channel(0), signal.channel(0), 11025, 33075))
                .isLessThan(-90);
    }

    @Test
    void blocksOfAnySizeGiveTheSameAsOneBlock() {
        // Given
        AudioBuffer signal = Signals.noise(44100, 2, 30000, 0.5, 9);
        AudioBuffer whole = Resampler.resample(signal, 32000);
        float[][] pieces = new float[2][whole.lengthFrames()];

        // When
        int length = 0;
        try (Resampler resampler = new Resampler(2, 44100, 32000)) {
            for (int position = 0, size = 1;
                    position < 30000;
                    position += size, size = Math.min(3 * size, 30000 - position)) {
                length += append(resampler.process(signal.samples(), position, size), pieces, length);
            }
            length += append(resampler.finish(), pieces, length);
        }

        // Then
        assertThat(length).isEqualTo(whole.lengthFrames());
        assertThat(pieces).isDeepEqualTo(whole.samples());
    }

    private static int append(float[][] block, float[][] all, int length) {
        for (int channel = 0; channel < all.length; channel++) {
            System.arraycopy(block[channel], 0, all[channel], length, block[channel].length);
        }
        return block[0].length;
    }
}
