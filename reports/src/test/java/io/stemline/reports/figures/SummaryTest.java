package io.stemline.reports.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.MethodKind;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.ScoreTableBuilder;
import io.stemline.reports.scores.ScoredTrack;
import io.stemline.reports.scores.Windows;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SummaryTest {
    private static final Windows SECONDS = new Windows(1, 1);

    /** museval's EvalStore: nanmedian over frames, then nanmedian over tracks. */
    @Test
    void theAggregationIsMusevals() {
        // Given
        var random = new Random(3);
        double[][] frames = new double[11][];
        var builder = new ScoreTableBuilder();
        for (int track = 0; track < frames.length; track++) {
            frames[track] = random.doubles(7 + track, -5, 20)
                    .map(figure -> random.nextInt(6) == 0 ? Double.NaN : figure)
                    .toArray();
            builder.add(Method.of("m"), new ScoredTrack("" + track, ""), "vocals", "SDR", SECONDS, frames[track]);
        }

        // When
        Cell cell = new Summary(builder.build()).cell(0, 0, 0);

        // Then
        double[] ofTracks =
                Arrays.stream(frames).mapToDouble(SummaryTest::nanMedian).toArray();
        assertThat(cell.tracks()).containsExactly(ofTracks);
        assertThat(cell.median().estimate()).isEqualTo(nanMedian(ofTracks));
        assertThat(cell.box().median()).isEqualTo(nanMedian(ofTracks));
    }

    private static double nanMedian(double[] figures) {
        double[] kept = Arrays.stream(figures)
                .filter(figure -> !Double.isNaN(figure))
                .sorted()
                .toArray();
        int n = kept.length;
        return 0.5 * kept[(n - 1) / 2] + 0.5 * kept[n / 2];
    }

    private static ScoreTable three() {
        var builder = new ScoreTableBuilder();
        for (int track = 0; track < 9; track++) {
            var name = new ScoredTrack("" + track, "");
            builder.add(Method.of("repet"), name, "vocals", "SDR", SECONDS, track);
            builder.add(Method.of("IRM2"), name, "vocals", "SDR", SECONDS, track + 8);
            builder.add(Method.of("unet"), name, "vocals", "SDR", SECONDS, 2 * track + 1);
        }
        return builder.build();
    }

    @Test
    void methodsAreRankedByTheirMedians() {
        var summary = new Summary(three());
        assertThat(summary.ranked())
                .extracting(method -> summary.table().methods().get(method).id())
                .isEqualTo(List.of("IRM2", "unet", "repet"));
    }

    @Test
    void blindMethodsAndOraclesBracketTheModels() {
        var summary = new Summary(three());
        assertThat(summary.best(MethodKind.BLIND, 0, 0)).hasValue(4);
        assertThat(summary.best(MethodKind.MODEL, 0, 0)).hasValue(9);
        assertThat(summary.best(MethodKind.ORACLE, 0, 0)).hasValue(12);
    }

    @Test
    void differencesAreTakenTrackByTrack() {
        // Given: unet minus repet is track + 1, from 1 to 9
        var summary = new Summary(three());

        // When
        var difference = summary.difference(2, 0, 0, 0);

        // Then
        assertThat(difference.estimate()).isEqualTo(5);
        assertThat(difference.low()).isCloseTo(3, within(1.0));
        assertThat(difference.high()).isCloseTo(7, within(1.0));
    }
}
