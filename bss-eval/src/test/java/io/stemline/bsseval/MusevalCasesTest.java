package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The figures that museval prints for a four-stem piece, six ways. */
final class MusevalCasesTest {
    private static final double SDR_WITHIN = 1e-4;
    private static final double OTHERS_WITHIN = 1e-3;

    @Test
    void version4HasMusevalsFigures() throws IOException {
        // Given
        var expected = expected("v4_four_sources");

        // When
        var result = BssEval.v4(
                ReferenceCases.stems("ref"), ReferenceCases.stems("est"), BssEvalSettings.oneSecondWindows(44100));

        // Then
        assertAgrees(result, expected, Metric.values());
        assertThat(result.windows()).hasSize(6).last().isEqualTo(new Window(5 * 44100, 44100));
    }

    @Test
    void vocalsAgainstAccompanimentHasMusevalsFigures() throws IOException {
        // Given
        var expected = expected("v4_vocals_accompaniment");
        var references = ReferenceCases.stems("ref");
        var estimates = ReferenceCases.stems("est");

        // When
        var result = BssEval.v4(
                vocalsAndAccompaniment(references),
                vocalsAndAccompaniment(estimates),
                BssEvalSettings.oneSecondWindows(44100));

        // Then
        assertAgrees(result, expected, Metric.values());
    }

    @Test
    void theWholeSignalAsOneWindowHasMusevalsFigures() throws IOException {
        // Given
        var expected = expected("v4_whole_signal");

        // When
        var result =
                BssEval.v4(ReferenceCases.stems("ref"), ReferenceCases.stems("est"), BssEvalSettings.wholeSignal());

        // Then
        assertAgrees(result, expected, Metric.values());
    }

    @Test
    void permutedEstimatesFindTheirReferences() throws IOException {
        // Given
        var expected = expected("v4_permuted");
        var permutation = ReferenceCases.matrix(expected.get("perm"));
        var stems = ReferenceCases.stems("est");
        var estimates = new Signal[stems.size()];
        for (int j = 0; j < estimates.length; j++) {
            estimates[(int) permutation[j][0]] = stems.get(j);
        }

        // When
        var result = BssEval.v4(
                ReferenceCases.stems("ref"),
                List.of(estimates),
                BssEvalSettings.wholeSignal()
                        .withWindow(88200, 44100)
                        .withFilterLength(64)
                        .withPermute(true));

        // Then
        assertAgrees(result, expected, Metric.values());
        for (int j = 0; j < estimates.length; j++) {
            assertThat(result.permutation()[j]).containsOnly((int) permutation[j][0]);
        }
    }

    @Test
    void version3ImagesByWindowsHasMusevalsFigures() throws IOException {
        // Given
        var expected = expected("v3_images_framewise");

        // When
        var result = BssEval.v3Images(
                ReferenceCases.stems("ref"),
                ReferenceCases.stems("est"),
                BssEvalSettings.wholeSignal().withWindow(88200, 44100));

        // Then
        assertAgrees(result, expected, Metric.values());
    }

    @Test
    void version3SourcesInMonoHasMusevalsFigures() throws IOException {
        // Given
        var expected = expected("v3_sources_mono");
        var references = ReferenceCases.monoStems("ref");
        var estimates = ReferenceCases.monoStems("est");

        // When
        var result = BssEval.v3Sources(
                references, estimates, BssEvalSettings.wholeSignal().withPermute(true));

        // Then
        assertAgrees(result, expected, Metric.SDR, Metric.SIR, Metric.SAR);
        assertThat(Stream.of(result.isr()).mapToDouble(row -> row[0])).containsOnly(Double.NaN);
        assertThat(Stream.of(result.permutation()).mapToInt(row -> row[0])).containsExactly(0, 1, 2, 3);
    }

    private static JsonNode expected(String name) throws IOException {
        return ReferenceCases.json(ReferenceCases.folder("museval").resolve("expected.json"))
                .get("cases")
                .get(name);
    }

    private static List<Signal> vocalsAndAccompaniment(List<Signal> stems) {
        return List.of(stems.getFirst(), Signal.sumOf(stems.subList(1, stems.size())));
    }

    private static void assertAgrees(BssEvalResult result, JsonNode expected, Metric... metrics) {
        for (var metric : metrics) {
            double within = metric == Metric.SDR ? SDR_WITHIN : OTHERS_WITHIN;
            Figures.assertAgree(
                    metric.name(), result.of(metric), ReferenceCases.matrix(expected.get(metric.name())), within);
        }
    }
}
