package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SignalTest {

    @Test
    void sixteenBitRoundingIsThatOfAFile() {
        // Given
        var signal = Signal.of(new double[] {0.4 / 32768, 0.6 / 32768, -1.5, 1, -12345.4 / 32768});

        // When
        var rounded = read(signal.roundedTo16Bit());

        // Then
        assertThat(rounded[0]).containsExactly(0, 1 / 32768.0, -1, 32767 / 32768.0, -12345 / 32768.0);
    }

    @Test
    void aSumAddsSampleBySample() {
        // When
        var sum = Signal.sumOf(
                Signal.of(new float[] {1, 2}, new float[] {3, 4}),
                Signal.of(new double[] {10, 20}, new double[] {30, 40}));

        // Then
        assertThat(read(sum)).isDeepEqualTo(new double[][] {{11, 22}, {33, 44}});
    }

    @Test
    void signalsOfDifferentShapesAreNotAdded() {
        assertThatThrownBy(() -> Signal.sumOf(Signal.of(new double[2]), Signal.of(new double[3])))
                .isInstanceOf(ScoringException.class)
                .hasMessage(
                        "Signals of different shapes cannot be added: 1 channels of 2 frames and 1 channels of 3 frames.");
    }

    @Test
    void channelsOfDifferentLengthsAreNoSignal() {
        assertThatThrownBy(() -> Signal.of(new double[2], new double[3]))
                .isInstanceOf(ScoringException.class)
                .hasMessage(
                        "Channel 2 of the signal has 3 frames, but its first channel has 2; channels must have the same length.");
    }

    private static double[][] read(Signal signal) {
        var block = new double[signal.channels()][(int) signal.lengthFrames()];
        signal.read(0, block, block[0].length);
        return block;
    }
}
