package io.stemline.cli;

import io.stemline.cli.scores.ScoreSummary;
import io.stemline.cli.scores.TrackOutcome;
import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.cli.terminal.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of {@code evaluate}, as its JSON shows it.
 *
 * @param output the folder with the scores
 * @param scored how many tracks have scores
 * @param before how many of them an earlier run had scored
 * @param failed how many have none
 * @param medians medians over tracks by stem and metric; absent where nothing is defined
 * @param warnings what is to be known of tracks, alike ones once
 * @param failures why tracks have no scores, by track
 */
record EvaluationReport(
        String output,
        double seconds,
        int scored,
        int before,
        int failed,
        Map<String, Map<String, Object>> medians,
        List<Warning> warnings,
        Map<String, String> failures) {

    private static final List<String> METRICS =
            List.of("SDR", "ISR", "SIR", "SAR", "SI-SDR", "SI-SDRi", "SNR", "MDX-SDR");
    private static final int TITLES_AT_MOST = 3;

    /**
     * A warning that tracks share, but for its numbers.
     *
     * @param message that of the first track
     * @param tracks how many there are
     */
    record Warning(String message, String firstTrack, int tracks) {}

    static EvaluationReport of(Path output, List<TrackOutcome> outcomes, List<String> withoutEstimates, Duration took) {
        var failures = new LinkedHashMap<String, String>();
        outcomes.forEach(outcome -> outcome.failure()
                .ifPresent(failure -> failures.put(outcome.track().title(), failure)));
        var medians = new LinkedHashMap<String, Map<String, Object>>();
        ScoreSummary.of(outcomes).figures().forEach((stem, metrics) -> medians.put(stem, strict(metrics)));
        return new EvaluationReport(
                output.toString(),
                took.toMillis() / 1e3,
                outcomes.size() - failures.size(),
                (int) outcomes.stream().filter(TrackOutcome::again).count(),
                failures.size(),
                medians,
                warnings(outcomes, withoutEstimates),
                failures);
    }

    /** Strict JSON has neither NaN nor infinity. */
    private static Map<String, Object> strict(Map<String, Double> figures) {
        var strict = new LinkedHashMap<String, Object>();
        figures.forEach((metric, figure) -> {
            if (!figure.isNaN()) {
                strict.put(metric, figure.isInfinite() ? figure.toString() : figure);
            }
        });
        return strict;
    }

    private static List<Warning> warnings(List<TrackOutcome> outcomes, List<String> withoutEstimates) {
        var alike = new LinkedHashMap<String, Warning>();
        for (TrackOutcome outcome : outcomes) {
            Stream.concat(
                            outcome.objection().stream(),
                            outcome.warnings().stream().map(warning -> warning.message()))
                    .forEach(message -> alike.merge(
                            message.replaceAll("[0-9]+", "#"),
                            new Warning(message, outcome.track().title(), 1),
                            (first, next) -> new Warning(first.message(), first.firstTrack(), first.tracks() + 1)));
        }
        var warnings = new ArrayList<>(alike.values());
        if (!withoutEstimates.isEmpty()) {
            String some = withoutEstimates.stream().limit(TITLES_AT_MOST).collect(Collectors.joining(", "));
            String more = withoutEstimates.size() > TITLES_AT_MOST ? ", ..." : "";
            warnings.add(new Warning(
                    "no estimates, so not scored: " + some + more,
                    withoutEstimates.getFirst(),
                    withoutEstimates.size()));
        }
        return List.copyOf(warnings);
    }

    String render(Style style) {
        var lines = new ArrayList<String>();
        if (scored > 0) {
            lines.add(table(style));
            lines.add("");
        }
        warnings.forEach(warning -> lines.add(line(warning, style)));
        failures.forEach(
                (track, failure) -> lines.add(style.bad("failed") + "   " + Texts.harmless(track + ": " + failure)));
        lines.add(summary(style));
        if (scored > 0) {
            lines.add("Scores are in %s".formatted(output));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String table(Style style) {
        List<String> metrics = METRICS.stream()
                .filter(metric -> medians.values().stream().anyMatch(figures -> figures.containsKey(metric)))
                .toList();
        var table =
                Table.of(Stream.concat(Stream.of("median, dB"), metrics.stream().map(metric -> ">" + metric))
                        .toList());
        medians.forEach((stem, figures) ->
                table.row(Stream.concat(Stream.of(stem), metrics.stream().map(metric -> cell(figures.get(metric))))
                        .toList()));
        return table.render(style);
    }

    private static String cell(Object figure) {
        return switch (figure) {
            case null -> "-";
            case Double number -> String.format(Locale.ROOT, "%.3f", number);
            default -> "inf";
        };
    }

    private static String line(Warning warning, Style style) {
        String where = warning.tracks() == 1
                ? warning.firstTrack()
                : "%s and %s like it".formatted(warning.firstTrack(), count(warning.tracks() - 1, "track"));
        return style.strong("warning") + "  " + Texts.harmless(warning.message())
                + style.faint(" (" + Texts.harmless(where) + ")");
    }

    private String summary(Style style) {
        String earlier = before == 0 ? "" : " (%d of them before)".formatted(before);
        return "%s%s, %s in %s"
                .formatted(
                        style.strong(count(scored, "track") + " scored"),
                        earlier,
                        failed == 0 ? "none failed" : style.bad(failed + " failed"),
                        Durations.work(Duration.ofMillis(Math.round(1e3 * seconds))));
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
