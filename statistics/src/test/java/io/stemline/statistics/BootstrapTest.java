package io.stemline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BootstrapTest {

    private static final double CONFIDENCE = 0.95;

    /**
     * Efron and Tibshirani's exact distribution of the median of n odd draws: it is at most the i-th figure if at least half of
     * the draws are, a binomial probability.
     */
    @Test
    void theMedianOfAnOddNumberHasItsExactInterval() {
        // Given
        double[] values = new Random(5).doubles(21).sorted().toArray();

        // When
        Interval interval = Bootstrap.medianOf(values, CONFIDENCE, 1);

        // Then
        assertThat(interval.low()).isEqualTo(values[exactPlace(21, 0.025)]);
        assertThat(interval.high()).isEqualTo(values[exactPlace(21, 0.975)]);
        assertThat(interval.estimate()).isEqualTo(values[10]);
    }

    private static int exactPlace(int n, double share) {
        int i = 0;
        while (atLeast(n, (n + 1) / 2, (i + 1) / (double) n) < share) {
            i++;
        }
        return i;
    }

    private static double atLeast(int n, int wanted, double probability) {
        double sum = 0;
        for (int k = wanted; k <= n; k++) {
            double ways = 1;
            for (int j = 0; j < k; j++) {
                ways *= (n - j) / (double) (j + 1);
            }
            sum += ways * Math.pow(probability, k) * Math.pow(1 - probability, n - k);
        }
        return sum;
    }

    @Test
    void theDifferenceOfMediansLiesWithinAsOftenAsIsSaid() {
        // Given
        var random = new Random(11);
        int trials = 200;
        int within = 0;

        // When
        for (int trial = 0; trial < trials; trial++) {
            double[] first = random.doubles(41).map(x -> random.nextGaussian()).toArray();
            double[] second =
                    random.doubles(60).map(x -> 3 + 2 * random.nextGaussian()).toArray();
            Interval interval = Bootstrap.differenceOfMedians(first, second, CONFIDENCE, trial);
            assertThat(interval.estimate()).isEqualTo(Quantiles.median(first) - Quantiles.median(second));
            within += interval.contains(-3) ? 1 : 0;
        }

        // Then
        assertThat(within / (double) trials).isCloseTo(CONFIDENCE, within(0.04));
    }

    @Test
    void withoutFiguresOnBothSidesThereIsNoDifferenceOfMedians() {
        // When
        Interval interval =
                Bootstrap.differenceOfMedians(new double[] {1, 2}, new double[] {Double.NaN}, CONFIDENCE, 1);

        // Then
        assertThat(interval.isDefined()).isFalse();
    }

    @Test
    void theMeansIntervalIsAboutTheNormalOne() {
        // Given
        double[] values = new Random(7).doubles(400).map(x -> 10 * x).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow());

        // When
        Interval interval = Bootstrap.meanOf(values, CONFIDENCE, 3);

        // Then
        double half = 1.959964 * deviation / 20;
        assertThat(interval.estimate()).isCloseTo(mean, within(1e-12));
        assertThat(interval.low()).isCloseTo(mean - half, within(0.05 * half));
        assertThat(interval.high()).isCloseTo(mean + half, within(0.05 * half));
    }

    @Test
    void intervalsHoldTheTrueMedianAsOftenAsTheyClaim() {
        // Given
        var random = new Random(11);
        int held = 0;

        // When
        for (int trial = 0; trial < 400; trial++) {
            double[] sample = random.doubles(49, 0, 2).toArray();
            held += Bootstrap.medianOf(sample, 0.9, trial).contains(1) ? 1 : 0;
        }

        // Then: 400 trials scatter by 1.5 %, and the percentile method is a little wide
        assertThat(held / 400.0).isBetween(0.86, 0.97);
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        double[] values = new Random(2).doubles(30).toArray();
        assertThat(Bootstrap.medianOf(values, CONFIDENCE, 9)).isEqualTo(Bootstrap.medianOf(values, CONFIDENCE, 9));
        assertThat(Bootstrap.meanOf(values, CONFIDENCE, 9)).isNotEqualTo(Bootstrap.meanOf(values, CONFIDENCE, 10));
    }

    @Test
    void missingFiguresAreLeftOut() {
        // Given
        double[] whole = {1, 2, 3, 4, 8};
        double[] gaps = {1, Double.NaN, 2, 3, 4, 8, Double.NaN};

        // When, Then
        assertThat(Bootstrap.medianOf(gaps, CONFIDENCE, 4)).isEqualTo(Bootstrap.medianOf(whole, CONFIDENCE, 4));
        assertThat(Bootstrap.meanOf(gaps, CONFIDENCE, 4)).isEqualTo(Bootstrap.meanOf(whole, CONFIDENCE, 4));
    }

    @Test
    void pairsWithAMissingFigureAreLeftOut() {
        // When
        Interval difference = Bootstrap.medianOfDifferences(
                new double[] {5, 7, Double.NaN, 9}, new double[] {4, 5, 1, Double.NaN}, CONFIDENCE, 1);

        // Then
        assertThat(difference.estimate()).isEqualTo(1.5);
        assertThat(difference.low()).isEqualTo(1);
        assertThat(difference.high()).isEqualTo(2);
    }

    @Test
    void aDifferenceThatIsTheSameForAllPairsIsCertain() {
        Interval difference =
                Bootstrap.meanOfDifferences(new double[] {3, 4, 9}, new double[] {2, 3, 8}, CONFIDENCE, 1);
        assertThat(difference).isEqualTo(new Interval(1, 1, 1, CONFIDENCE));
    }

    @Test
    void nothingGivesNothing() {
        assertThat(Bootstrap.medianOf(new double[0], CONFIDENCE, 1).isDefined()).isFalse();
        assertThat(Bootstrap.meanOf(new double[] {Double.NaN}, CONFIDENCE, 1).low())
                .isNaN();
    }

    @Test
    void aConfidenceOfOneIsRefused() {
        assertThatThrownBy(() -> Bootstrap.meanOf(new double[] {1}, 1, 1)).hasMessageContaining("is 1.0");
    }

    @Test
    void unequalPairsAreRefused() {
        assertThatThrownBy(() -> Bootstrap.differences(new double[2], new double[3]))
                .hasMessageContaining("2 and 3");
    }
}
