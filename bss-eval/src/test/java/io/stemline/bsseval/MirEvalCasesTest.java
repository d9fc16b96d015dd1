package io.stemline.bsseval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * mir_eval's published cases for version 3. Its images cases repeat one channel, so that their systems are singular; its
 * own tolerance for them is 0.01 dB.
 */
final class MirEvalCasesTest {
    private static final double WITHIN = 1e-2;

    @ParameterizedTest
    @ValueSource(strings = {"01", "02", "03", "06"})
    void sourcesHaveThePublishedFigures(String number) throws IOException {
        // Given
        var expected = published(number).get("Sources");

        // When
        var result = BssEval.v3Sources(
                mono(signals("ref", number)),
                mono(signals("est", number)),
                BssEvalSettings.wholeSignal().withPermute(true));

        // Then
        assertAgrees(result, expected, Form.SOURCES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "02", "03", "06"})
    void sourcesByWindowsHaveThePublishedFigures(String number) throws IOException {
        // Given
        var expected = published(number).get("Framewise");

        // When
        var result = BssEval.v3Sources(mono(signals("ref", number)), mono(signals("est", number)), windows(expected));

        // Then
        assertAgrees(result, expected, Form.SOURCES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "02", "03", "06"})
    void imagesHaveThePublishedFigures(String number) throws IOException {
        // Given
        var expected = published(number).get("Images");

        // When
        var result = BssEval.v3Images(
                widened(signals("ref", number), expected, 1),
                widened(signals("est", number), expected, expected.get("gain").asDouble()),
                BssEvalSettings.wholeSignal().withPermute(true));

        // Then
        assertAgrees(result, expected, Form.IMAGES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "02", "03", "06"})
    void imagesByWindowsHaveThePublishedFigures(String number) throws IOException {
        // Given
        var expected = published(number).get("Images Framewise");

        // When
        var result = BssEval.v3Images(
                widened(signals("ref", number), expected, 1),
                widened(signals("est", number), expected, expected.get("gain").asDouble()),
                windows(expected));

        // Then
        assertAgrees(result, expected, Form.IMAGES);
        if (expected.get("nchan").asInt() > 1) {
            assertThat(result.warnings()).extracting(ScoreWarning::kind).contains(ScoreWarning.Kind.SINGULAR_SYSTEM);
        }
    }

    private static void assertAgrees(BssEvalResult result, JsonNode expected, Form form) {
        Figures.assertAgree("SDR", result.sdr(), matrix(expected, "Source to Distortion"), WITHIN);
        Figures.assertAgree("SIR", result.sir(), matrix(expected, "Source to Interference"), WITHIN);
        Figures.assertAgree("SAR", result.sar(), matrix(expected, "Source to Artifact"), WITHIN);
        if (form == Form.IMAGES) {
            Figures.assertAgree("ISR", result.isr(), matrix(expected, "Image to Spatial"), WITHIN);
        }
        var permutation = Arrays.stream(result.permutation())
                .map(row -> Arrays.stream(row).asDoubleStream().toArray())
                .toArray(double[][]::new);
        Figures.assertAgree("permutation", permutation, matrix(expected, "Source permutation"), 0);
    }

    private static double[][] matrix(JsonNode expected, String name) {
        return ReferenceCases.matrix(expected.get(name));
    }

    private static JsonNode published(String number) throws IOException {
        return ReferenceCases.json(ReferenceCases.folder("mir_eval").resolve("output" + number + ".json"));
    }

    /** The published figures by windows keep the order of the estimates. */
    private static BssEvalSettings windows(JsonNode expected) {
        return BssEvalSettings.wholeSignal()
                .withWindow(expected.get("win").asLong(), expected.get("hop").asLong());
    }

    private static List<double[]> signals(String role, String number) throws IOException {
        var folder = ReferenceCases.folder("mir_eval").resolve(role + number);
        var signals = new ArrayList<double[]>();
        for (int j = 0; Files.exists(folder.resolve(j + ".wav")); j++) {
            var channels = Wave.read(folder.resolve(j + ".wav"));
            var mono = new double[channels[0].length];
            Arrays.setAll(
                    mono,
                    n -> Arrays.stream(channels)
                            .mapToDouble(c -> c[n])
                            .average()
                            .orElseThrow());
            signals.add(mono);
        }
        return signals;
    }

    private static List<Signal> mono(List<double[]> signals) {
        return signals.stream().map(signal -> Signal.of(signal)).toList();
    }

    private static List<Signal> widened(List<double[]> signals, JsonNode expected, double gain) {
        return signals.stream()
                .map(signal -> {
                    var channels = new double[expected.get("nchan").asInt()][];
                    channels[0] = signal;
                    for (int c = 1; c < channels.length; c++) {
                        channels[c] = Arrays.stream(signal).map(x -> gain * x).toArray();
                    }
                    return Signal.of(channels);
                })
                .toList();
    }
}
