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
                Arrays.setAll(new Float[count], row -> sorted[row] = rows[row][column]);
                Arrays.sort(sorted);
                assertThat(medians[2 + n]).isEqualTo(0.5f * (sorted[(count - 1) / 2] + sorted[count / 2]));
            }
        }
    }
}
