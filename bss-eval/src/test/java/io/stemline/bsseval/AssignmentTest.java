package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class AssignmentTest {

    @RepeatedTest(50)
    void itIsAsGoodAsTheBestOfAllPermutations(RepetitionInfo repetition) {
        // Given
        int n = 1 + repetition.getCurrentRepetition() % 7;
        var value = randomMatrix(n, repetition.getCurrentRepetition());

        // When
        var columns = Assignment.ofGreatestSum(value);

        // Then
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += value[i][columns[i]];
        }
        assertThat(columns).doesNotHaveDuplicates().hasSize(n);
        assertThat(sum).isEqualTo(best(value, 0, new boolean[n]), within(1e-9));
    }

    @Test
    void aHundredSourcesFindTheirPlaces() {
        // Given: source i belongs to estimate 37 i mod 100
        var value = randomMatrix(100, 1);
        for (int i = 0; i < 100; i++) {
            value[i][37 * i % 100] += 1000;
        }

        // When
        var columns = Assignment.ofGreatestSum(value);

        // Then
        for (int i = 0; i < 100; i++) {
            assertThat(columns[i]).isEqualTo(37 * i % 100);
        }
    }

    @Test
    void infiniteRatiosWinAndEqualOnesKeepTheOrder() {
        // Given
        double infinite = Double.POSITIVE_INFINITY;

        // When, Then
        assertThat(Assignment.ofGreatestSum(new double[][] {{50, infinite}, {50, 50}}))
                .containsExactly(1, 0);
        assertThat(Assignment.ofGreatestSum(new double[][] {{7, 7, 7}, {7, 7, 7}, {7, 7, 7}}))
                .containsExactly(0, 1, 2);
    }

    private static double[][] randomMatrix(int n, long seed) {
        var random = new Random(seed);
        var matrix = new double[n][n];
        for (var row : matrix) {
            for (int j = 0; j < n; j++) {
                row[j] = 40 * random.nextDouble() - 10;
            }
        }
        return matrix;
    }

    private static double best(double[][] value, int row, boolean[] taken) {
        if (row == value.length) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                taken[j] = true;
                best = Math.max(best, value[row][j] + best(value, row + 1, taken));
                taken[j] = false;
            }
        }
        return best;
    }
}
