package io.stemline.bench;

import io.stemline.bsseval.BssEval;
import io.stemline.bsseval.BssEvalResult;
import io.stemline.bsseval.BssEvalSettings;
import io.stemline.bsseval.Metric;
import io.stemline.bsseval.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Scores a folder of ref_N.wav and est_N.wav and prints seconds and figures as JSON.
 *
 * <p>Arguments: the folder; v4, v3-images or v3-sources; window and hop in frames, or 0 for the whole signal; how often to
 * repeat in the same process.
 */
public final class ScoreFiles {
    private ScoreFiles() {}

    public static void main(String... arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var references = signals(folder, "ref_");
        var estimates = signals(folder, "est_");
        long window = Long.parseLong(arguments[2]);
        long hop = Long.parseLong(arguments[3]);
        var settings = window == 0
                ? BssEvalSettings.wholeSignal()
                : BssEvalSettings.wholeSignal().withWindow(window, hop);
        int repetitions = Integer.parseInt(arguments[4]);
        var seconds = new double[repetitions];
        BssEvalResult result = null;
        for (int k = 0; k < repetitions; k++) {
            long start = System.nanoTime();
            result = score(arguments[1], references, estimates, settings);
            seconds[k] = (System.nanoTime() - start) / 1e9;
        }
        System.out.println(json(seconds, result));
    }

    private static BssEvalResult score(
            String form, List<Signal> references, List<Signal> estimates, BssEvalSettings settings) {
        return switch (form) {
            case "v4" -> BssEval.v4(references, estimates, settings);
            case "v3-images" -> BssEval.v3Images(references, estimates, settings);
            case "v3-sources" -> BssEval.v3Sources(references, estimates, settings);
            default -> throw new IllegalArgumentException(form + ": not one of v4, v3-images, v3-sources");
        };
    }

    private static List<Signal> signals(Path folder, String prefix) throws IOException {
        var signals = new ArrayList<Signal>();
        for (int j = 0; Files.exists(folder.resolve(prefix + j + ".wav")); j++) {
            signals.add(WaveFileSignal.open(folder.resolve(prefix + j + ".wav")));
        }
        return signals;
    }

    private static String json(double[] seconds, BssEvalResult result) {
        var figures = Arrays.stream(Metric.values())
                .map(metric -> "\"%s\":%s".formatted(metric, matrix(result.of(metric))))
                .collect(Collectors.joining(","));
        return "{\"seconds\":%s,%s}".formatted(Arrays.toString(seconds), figures);
    }

    private static String matrix(double[][] figures) {
        return Arrays.stream(figures).map(Arrays::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
