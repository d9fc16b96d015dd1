package io.stemline.separation.blind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowMedianTest {

    @Test
    void anyNumberOfRowsHasTheMedianOfItsSortedElements() {
        // Given
        var random = new Random(1);
        var median = new RowMedian(100, 13);
        for (int count = 1; count <= 100; count++) {
            var rows = new float[count][20];
            for (var row : rows) {
                for (int n = 0; n < row.length; n++) {
                    row[n] = random.nextInt(5) == 0 ? 0 : random.nextFloat() * (float) Math.pow(10, random.nextInt(9));
                }
            }
            var medians = new float[15];

            // When
            for (int row = 0; row < count; row++) {
                median.set(row, rows[row], 7);
            }
            median.median(count, medians, 2);

            // Then
            for (int n = 0; n < 13; n++) {
                int column = 7 + n;
                var sorted = new float[count];
                for (int row = 0; row < count; row++) {
                    sorted[row] = rows[row][column];
                }
                Arrays.sort(sorted);
                assertThat(medians[2 + n]).isEqualTo(0.5f * (sorted[(count - 1) / 2] + sorted[count / 2]));
            }
        }
    }

    @Test
    void mediansOfNeighboursShareWhatTheyHaveInCommon() {
        // Given
        var random = new Random(2);
        var median = new RowMedian(30, 5);
        var rows = new float[32][5];
        for (var row : rows) {
            for (int n = 0; n < row.length; n++) {
                row[n] = random.nextInt(20);
            }
        }
        var first = new float[5];
        var second = new float[5];

        // When
        for (int row = 1; row <= 30; row++) {
            median.set(row - 1, rows[row], 0);
        }
        median.sort(30);
        median.medianWith(30, rows[0], 0, first);
        median.medianWith(30, rows[31], 0, second);

        // Then
        for (int n = 0; n < 5; n++) {
            assertThat(first[n]).isEqualTo(middle(rows, n, 0));
            assertThat(second[n]).isEqualTo(middle(rows, n, 1));
        }
    }

    private static float middle(float[][] rows, int column, int from) {
        var sorted = new float[31];
        for (int row = 0; row < 31; row++) {
            sorted[row] = rows[from + row][column];
        }
        Arrays.sort(sorted);
        return sorted[15];
    }
}
