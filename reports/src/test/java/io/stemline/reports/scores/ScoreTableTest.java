package io.stemline.reports.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScoreTableTest {
    private static final Windows SECONDS = new Windows(1, 1);
    private static final ScoredTrack SONG = new ScoredTrack("song", "Song");

    @Test
    void everyFigureIsFoundWhereItWasPut() {
        // Given
        var random = new Random(8);
        var builder = new ScoreTableBuilder();
        List<Object[]> put = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int key = i * 7919 % 500;
            double[] figures = random.doubles(random.nextInt(9)).toArray();
            var method = Method.of("m" + key % 5);
            var track = new ScoredTrack("t" + key / 5 % 10, "");
            String stem = "s" + key / 50 % 5;
            String metric = key < 250 ? "SDR" : "SIR";
            builder.add(method, track, stem, metric, SECONDS, figures);
            put.add(new Object[] {method, track, stem, metric, figures});
        }

        // When
        ScoreTable table = builder.build();

        // Then
        for (Object[] one : put) {
            int method = table.methods().indexOf(one[0]);
            int track = table.tracks().indexOf(one[1]);
            int stem = table.stems().indexOf(one[2]);
            int metric = table.metrics().indexOf(one[3]);
            double[] figures = (double[]) one[4];
            assertThat(table.figures(method, track, stem, metric)).containsExactly(figures);
            assertThat(table.median(method, track, stem, metric)).isEqualTo(Double.valueOf(naiveMedian(figures)));
        }
    }

    private static double naiveMedian(double[] figures) {
        double[] sorted = Arrays.stream(figures).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    }

    @Test
    void windowsThatAreUndefinedOrInfiniteDoNotCount() {
        // Given
        ScoreTable table = new ScoreTableBuilder()
                .add(Method.of("m"), SONG, "vocals", "SDR", SECONDS, Double.NaN, 3, Double.POSITIVE_INFINITY, 1)
                .build();

        // When, Then
        assertThat(table.median(0, 0, 0, 0)).isEqualTo(2);
        assertThat(table.allWindows(0, 0, 0)).containsExactly(3, 1);
        assertThat(table.figureCount()).isEqualTo(4);
    }

    @Test
    void whatWasNotScoredIsMissing() {
        // Given
        ScoreTable table = new ScoreTableBuilder()
                .add(Method.of("m"), SONG, "vocals", "SDR", SECONDS, 3)
                .add(Method.of("other"), new ScoredTrack("2", "Two"), "bass", "SIR", SECONDS, 3)
                .build();

        // When, Then
        assertThat(table.median(0, 1, 0, 0)).isNaN();
        assertThat(table.figures(0, 1, 0, 0)).isEmpty();
    }

    @Test
    void stemsAndMetricsStandInTheFieldsOrder() {
        // Given
        var builder = new ScoreTableBuilder();
        for (String stem : List.of("piano", "other", "vocals", "bass", "accompaniment", "drums")) {
            for (String metric : List.of("PEASS", "SI-SDR", "ISR", "SDR")) {
                builder.add(Method.of("m"), SONG, stem, metric, SECONDS, 1);
            }
        }

        // When
        ScoreTable table = builder.build();

        // Then
        assertThat(table.stems()).containsExactly("vocals", "drums", "bass", "other", "accompaniment", "piano");
        assertThat(table.metrics()).containsExactly("SDR", "ISR", "SI-SDR", "PEASS");
    }

    @Test
    void figuresOfWholeTracksAreNotWindows() {
        ScoreTable table = new ScoreTableBuilder()
                .add(Method.of("m"), SONG, "vocals", "SI-SDR", Windows.WHOLE_TRACK, 6.5)
                .build();
        assertThat(table.median(0, 0, 0, 0)).isEqualTo(6.5);
        assertThat(table.allWindows(0, 0, 0)).isEmpty();
    }

    @Test
    void theSameScoresTwiceAreRefused() {
        var builder = new ScoreTableBuilder()
                .add(Method.of("m"), SONG, "vocals", "SDR", SECONDS, 3)
                .add(Method.of("m"), SONG, "vocals", "SDR", SECONDS, 4);
        assertThatThrownBy(builder::build).hasMessage("SDR of Song by m was added twice");
    }

    @Test
    void anEmptyTableIsEmpty() {
        assertThat(new ScoreTableBuilder().build().isEmpty()).isTrue();
    }
}
