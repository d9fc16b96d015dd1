package io.stemline.bsseval;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Published cases and figures of other programs, kept beside the checkout. Tests that need them are skipped without them. */
final class ReferenceCases {
    static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private ReferenceCases() {}

    static Path folder(String name) {
        var folder = Path.of(System.getProperty("stemline.reference-data", "../shared"), "fixtures", "bss-eval", name);
        assumeTrue(
                Files.isDirectory(folder), "SKIPPED: no reference data in " + folder + " (-Dstemline.reference-data)");
        return folder;
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    /** The stems of the museval case: {@code role} is "ref" or "est". */
    static List<Signal> stems(String role) throws IOException {
        var signals = new ArrayList<Signal>();
        for (var stem : STEMS) {
            signals.add(Signal.of(Wave.read(folder("museval").resolve(role + "_" + stem + ".wav")))
                    .named(stem));
        }
        return signals;
    }

    /** The stems of the museval case, both channels averaged. */
    static List<Signal> monoStems(String role) throws IOException {
        var signals = new ArrayList<Signal>();
        for (var stem : STEMS) {
            var stereo = Wave.read(folder("museval").resolve(role + "_" + stem + ".wav"));
            var mono = new double[stereo[0].length];
            Arrays.setAll(mono, n -> (stereo[0][n] + stereo[1][n]) / 2);
            signals.add(Signal.of(mono).named(stem));
        }
        return signals;
    }

    static double[] vector(JsonNode node) {
        var vector = new double[node.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = node.get(i).isNull() ? Double.NaN : node.get(i).asDouble();
        }
        return vector;
    }

    /** A matrix; a plain list is taken as a matrix of one column. */
    static double[][] matrix(JsonNode node) {
        var matrix = new double[node.size()][];
        for (int i = 0; i < matrix.length; i++) {
            var row = node.get(i);
            matrix[i] = row.isArray() ? vector(row) : new double[] {row.asDouble()};
        }
        return matrix;
    }
}
