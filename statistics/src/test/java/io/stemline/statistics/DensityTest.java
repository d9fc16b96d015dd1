package io.stemline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class DensityTest {

    @Test
    void theDensityOfNormalFiguresIsTheBell() {
        // Given
        var random = new Random(3);
        double[] figures =
                DoubleStream.generate(random::nextGaussian).limit(20_000).toArray();

        // When
        Density density = Density.of(figures, -4, 4, 81);

        // Then
        assertThat(density.heights()[40]).isCloseTo(1 / Math.sqrt(2 * Math.PI), within(0.015));
        assertThat(density.heights()[50]).isCloseTo(Math.exp(-0.5) / Math.sqrt(2 * Math.PI), within(0.015));
        assertThat(Arrays.stream(density.heights()).sum() * 0.1).isCloseTo(1, within(0.01));
    }

    @Test
    void figuresBeyondTheAxisWeighButAreNotShown() {
        // Given
        double[] figures = new double[100];
        Arrays.setAll(figures, i -> i < 90 ? 0.9 + i / 450.0 : 50);

        // When
        double[] heights = Density.of(figures, 0, 2, 81).heights();

        // Then
        assertThat(Arrays.stream(heights).sum() * 0.025).isCloseTo(0.9, within(0.01));
    }

    @Test
    void thereIsNoDensityOfNothing() {
        assertThat(Density.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY}, 0, 1, 5)
                        .heights())
                .containsOnly(0);
    }
}
