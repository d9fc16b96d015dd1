package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Comparison of figures that may be NaN or infinite. */
final class Figures {
    private Figures() {}

    static void assertAgree(String title, double[][] actual, double[][] expected, double within) {
        assertThat(actual).as(title).hasDimensions(expected.length, expected[0].length);
        for (int j = 0; j < expected.length; j++) {
            for (int w = 0; w < expected[j].length; w++) {
                var place = assertThat(actual[j][w]).as("%s of source %d in window %d", title, j, w);
                if (Double.isFinite(expected[j][w])) {
                    place.isEqualTo(expected[j][w], within(within));
                } else {
                    place.isEqualTo(Double.valueOf(expected[j][w]));
                }
            }
        }
    }
}
