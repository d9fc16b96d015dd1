package io.stemline.endurance.chaos;

import io.stemline.endurance.chaos.Finding.Kind;
import io.stemline.endurance.chaos.Recoveries.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run did and what came out.
 *
 * @param lines the steps that were taken
 * @param recoveries how long processes took to be back
 * @param figures how many there were of what was counted
 * @param findings what is not as it must be
 * @param untilSettled from the last blow and submission to the end of the last job
 */
public record ChaosReport(
        long seed,
        List<Line> lines,
        List<Recovery> recoveries,
        Map<String, Integer> figures,
        List<Finding> findings,
        Duration untilSettled,
        Duration took) {

    private static final int MOST_FINDINGS_SHOWN = 50;

    public ChaosReport {
        lines = List.copyOf(lines);
        recoveries = List.copyOf(recoveries);
        figures = new TreeMap<>(figures);
        findings = List.copyOf(findings);
    }

    /**
     * A step.
     *
     * @param after how long after the one before it was due
     * @param hit whether there was something to hit
     */
    record Line(int number, Duration after, String target, String action, boolean hit) {}

    /** How many findings there are of a kind. */
    public long count(Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    /** As text, for people. */
    public String text() {
        var text = new ArrayList<String>();
        text.add("Seed %d: %d blows, %.0f s; the last job ended %.0f s after the last blow."
                .formatted(seed, lines.size(), seconds(took), seconds(untilSettled)));
        text.add("");
        text.addAll(blows());
        text.add("");
        text.addAll(back());
        text.add("");
        figures.forEach((what, count) -> text.add("%6d  %s".formatted(count, what)));
        text.add("");
        text.add("%d lost, %d doubled, %d unexplained"
                .formatted(count(Kind.LOST), count(Kind.DOUBLED), count(Kind.UNEXPLAINED)));
        findings.stream()
                .limit(MOST_FINDINGS_SHOWN)
                .forEach(finding -> text.add("  %s: %s".formatted(finding.kind(), finding.sentence())));
        if (findings.size() > MOST_FINDINGS_SHOWN) {
            text.add("  and %d more".formatted(findings.size() - MOST_FINDINGS_SHOWN));
        }
        return String.join(System.lineSeparator(), text);
    }

    private List<String> blows() {
        Map<String, Long> counted = lines.stream()
                .filter(Line::hit)
                .collect(Collectors.groupingBy(
                        line -> line.target() + "\t" + line.action().replaceAll(" for .*", ""),
                        TreeMap::new,
                        Collectors.counting()));
        var table = new ArrayList<>(List.of("| what | blow | times |", "| --- | --- | --: |"));
        counted.forEach((key, count) -> {
            String[] parts = key.split("\t", 2);
            table.add("| %s | %s | %d |".formatted(parts[0], parts[1], count));
        });
        return table;
    }

    private List<String> back() {
        Map<String, List<Recovery>> byProcess = recoveries.stream()
                .collect(Collectors.groupingBy(Recovery::process, TreeMap::new, Collectors.toList()));
        var table = new ArrayList<>(List.of(
                "| back after a kill | alone | median s | longest s | all | median s | longest s |",
                "| --- | --: | --: | --: | --: | --: | --: |"));
        byProcess.forEach((process, all) -> {
            List<Recovery> alone = all.stream().filter(Recovery::alone).toList();
            table.add("| %s | %d | %s | %s | %d | %s | %s |"
                    .formatted(
                            process,
                            alone.size(),
                            median(alone),
                            longest(alone),
                            all.size(),
                            median(all),
                            longest(all)));
        });
        return table;
    }

    private static String median(List<Recovery> recoveries) {
        return recoveries.isEmpty()
                ? ""
                : "%.1f"
                        .formatted(seconds(recoveries.stream()
                                .map(Recovery::took)
                                .sorted()
                                .toList()
                                .get(recoveries.size() / 2)));
    }

    private static String longest(List<Recovery> recoveries) {
        return recoveries.stream()
                .map(Recovery::took)
                .max(Comparator.naturalOrder())
                .map(took -> "%.1f".formatted(seconds(took)))
                .orElse("");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
