package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MediansTest {

    @Test
    void windowsWithoutFiguresAreLeftOut() {
        assertThat(Medians.overWindows(new double[][] {{3, Double.NaN, 1, 2}, {4, 1, Double.NaN, Double.NaN}}))
                .containsExactly(2, 2.5);
    }

    @Test
    void thereIsNoMedianOfNothing() {
        assertThat(Medians.of(Double.NaN)).isNaN();
        assertThat(Medians.of()).isNaN();
    }

    @Test
    void infiniteFiguresCount() {
        assertThat(Medians.of(Double.POSITIVE_INFINITY, 5, Double.POSITIVE_INFINITY))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }
}
