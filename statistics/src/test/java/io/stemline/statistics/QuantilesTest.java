package io.stemline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class QuantilesTest {

    @Test
    void quantilesAreThoseOfNumPy() {
        // Given
        double[] sorted = Quantiles.sorted(7, 1, Double.NaN, 4, 2);

        // When
        double[] quantiles = DoubleStream.of(0, 0.1, 0.25, 0.5, 0.75, 1)
                .map(share -> Quantiles.ofSorted(sorted, share))
                .toArray();

        // Then: numpy.percentile([1, 2, 4, 7], [0, 10, 25, 50, 75, 100])
        assertThat(quantiles).containsExactly(new double[] {1, 1.3, 1.75, 3, 4.75, 7}, within(1e-12));
    }

    @Test
    void infiniteFiguresHaveMedians() {
        assertThat(Quantiles.median(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY))
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Quantiles.median(Double.NEGATIVE_INFINITY, 3, Double.POSITIVE_INFINITY))
                .isEqualTo(3);
    }

    @Test
    void thereIsNoMedianOfNothing() {
        assertThat(Quantiles.median(Double.NaN)).isNaN();
        assertThat(Quantiles.median()).isNaN();
    }

    @Test
    void aShareBeyondTheWholeIsRefused() {
        assertThatThrownBy(() -> Quantiles.ofSorted(new double[] {1}, 1.1)).hasMessageContaining("is 1.1");
    }

    @Test
    void aBoxPlotTellsOutliersFromTheRest() {
        // When
        BoxPlot box = BoxPlot.of(-20, 1, 2, 3, 4, 5, Double.NaN, 6, 7, 30);

        // Then: the box is 2 to 6, so whiskers reach to -4 and 12 at most
        assertThat(box.count()).isEqualTo(9);
        assertThat(box.lowerQuartile()).isEqualTo(2);
        assertThat(box.median()).isEqualTo(4);
        assertThat(box.upperQuartile()).isEqualTo(6);
        assertThat(box.lowerWhisker()).isEqualTo(1);
        assertThat(box.upperWhisker()).isEqualTo(7);
        assertThat(box.outliers()).containsExactly(-20, 30);
        assertThat(box.minimum()).isEqualTo(-20);
        assertThat(box.maximum()).isEqualTo(30);
        assertThat(box.mean()).isCloseTo(38 / 9.0, within(1e-12));
    }

    @Test
    void aBoxPlotOfOneFigureIsThatFigure() {
        BoxPlot box = BoxPlot.of(2.5);
        assertThat(new double[] {box.lowerWhisker(), box.lowerQuartile(), box.median(), box.upperWhisker()})
                .containsOnly(2.5);
        assertThat(box.outliers()).isEmpty();
    }

    @Test
    void aBoxPlotOfNothingHasNoFigures() {
        assertThat(BoxPlot.of(Double.NaN).count()).isZero();
        assertThat(BoxPlot.of().median()).isNaN();
    }
}
