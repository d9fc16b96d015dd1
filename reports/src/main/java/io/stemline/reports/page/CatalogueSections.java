package io.stemline.reports.page;

import io.stemline.reports.Remark;
import io.stemline.reports.Remark.Kind;
import io.stemline.reports.Report;
import io.stemline.reports.SeparatedTrack;
import io.stemline.reports.SeparatedTrack.FailedCheck;
import io.stemline.reports.markup.Markup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a report says beside scores: what was separated and what failed, checks, and remarks. */
final class CatalogueSections {
    private static final int ROWS_AT_MOST = 100;
    private static final int REMARKS_AT_MOST = 20;
    private static final String NOT_SCORED = "not scored:";

    private final Report report;
    private final Listening listening;

    CatalogueSections(Report report, Listening listening) {
        this.report = report;
        this.listening = listening;
    }

    boolean hasOutcome() {
        return !report.separated().isEmpty() || !report.failures().isEmpty();
    }

    void writeOutcome(Markup content) {
        List<SeparatedTrack> separated = report.separated();
        double length =
                separated.stream().mapToDouble(SeparatedTrack::lengthSeconds).sum();
        double work = separated.stream().mapToDouble(SeparatedTrack::seconds).sum();
        content.open("p").text("%s, %s of music".formatted(Counts.of(separated.size(), "track"), Counts.time(length)));
        if (work > 0) {
            content.text(String.format(
                    Locale.ROOT, ", separated in %s: %.1f times real time", Counts.time(work), length / work));
        }
        content.text(". ")
                .text(
                        report.failures().isEmpty()
                                ? "None failed."
                                : "%,d failed:".formatted(report.failures().size()))
                .close();
        if (!report.failures().isEmpty()) {
            Tables.open(content, "What failed");
            Tables.head(content, "track", "why");
            content.open("tbody");
            report.failures().stream()
                    .limit(ROWS_AT_MOST)
                    .forEach(failure -> content.line()
                            .open("tr")
                            .element("th", failure.name(), "scope", "row")
                            .element("td", failure.reason())
                            .close());
            content.close();
            Tables.close(content);
            writeMore(content, report.failures().size(), ROWS_AT_MOST);
        }
        if (!separated.isEmpty()) {
            content.open("details").element("summary", "Separated tracks");
            writeSeparated(content);
            content.close();
        }
    }

    private void writeSeparated(Markup content) {
        Tables.open(content, "Separated tracks");
        Tables.head(content, "track", "model", "length", "time", "checks");
        content.open("tbody");
        report.separated().stream().limit(ROWS_AT_MOST).forEach(track -> {
            content.line().open("tr").open("th", "scope", "row");
            Tables.linked(content, track.track().name(), listening.address(track));
            content.close()
                    .element("td", track.modelId())
                    .element("td", Counts.time(track.lengthSeconds()))
                    .element("td", String.format(Locale.ROOT, "%.1f s", track.seconds()))
                    .element("td", verdict(track))
                    .close();
        });
        content.close();
        Tables.close(content);
        writeMore(content, report.separated().size(), ROWS_AT_MOST);
    }

    private static String verdict(SeparatedTrack track) {
        if (track.checks() == 0) {
            return "none";
        }
        int failed = track.failedChecks().size();
        return failed == 0 ? "passed" : "%d of %d failed".formatted(failed, track.checks());
    }

    void writeWhyNoScores(Markup content) {
        List<String> reasons = report.separated().stream()
                .flatMap(track -> track.warnings().stream()
                        .filter(warning -> warning.startsWith(NOT_SCORED))
                        .map(warning -> track.track().name() + ": " + warning))
                .toList();
        if (!reasons.isEmpty()) {
            content.element("p", "There are no scores, because the references could not be compared with the stems:");
            writeList(content, reasons);
        } else if (report.separated().isEmpty()) {
            content.element("p", "There are no scores: there is no track with stems in this report.");
        } else {
            content.element(
                    "p",
                    "There are no scores, because none of these tracks came with its true stems. Scores compare stems with"
                            + " true ones: put vocals.wav, drums.wav, bass.wav and other.wav beside a mixture.wav, or take"
                            + " a .stem.mp4. What can be checked without them is below.");
        }
    }

    boolean hasChecks() {
        return report.separated().stream().anyMatch(track -> track.checks() > 0);
    }

    /** A check that a track failed. */
    private record Finding(SeparatedTrack track, FailedCheck check) {}

    void writeChecks(Markup content) {
        int checks =
                report.separated().stream().mapToInt(SeparatedTrack::checks).sum();
        Map<String, List<Finding>> findings = new TreeMap<>();
        report.separated()
                .forEach(track -> track.failedChecks()
                        .forEach(check -> findings.computeIfAbsent(check.name(), name -> new ArrayList<>())
                                .add(new Finding(track, check))));
        if (findings.isEmpty()) {
            content.element(
                    "p",
                    "%s on %s; all passed."
                            .formatted(
                                    Counts.of(checks, "check"),
                                    tracks(report.separated().size())));
            return;
        }
        int failed = findings.values().stream().mapToInt(List::size).sum();
        content.element("p", "%,d of %s failed:".formatted(failed, Counts.of(checks, "check")));
        Tables.open(content, "Failed checks");
        Tables.head(content, "check", "track", "model", "what was found");
        content.open("tbody");
        findings.values().stream()
                .flatMap(List::stream)
                .limit(ROWS_AT_MOST)
                .forEach(finding -> content.line()
                        .open("tr")
                        .element("th", finding.check.name(), "scope", "row")
                        .element("td", finding.track.track().name())
                        .element("td", finding.track.modelId())
                        .element("td", finding.check.detail())
                        .close());
        content.close();
        Tables.close(content);
        writeMore(content, failed, ROWS_AT_MOST);
    }

    private static String tracks(int number) {
        return Counts.of(number, "track");
    }

    boolean hasRemarks() {
        return !report.remarks().isEmpty()
                || report.separated().stream()
                        .anyMatch(track -> !track.warnings().isEmpty());
    }

    void writeRemarks(Markup content) {
        Map<Kind, List<String>> byKind = new EnumMap<>(Kind.class);
        for (Remark remark : report.remarks()) {
            byKind.computeIfAbsent(remark.kind(), kind -> new ArrayList<>()).add(remark.sentence());
        }
        byKind.forEach((kind, sentences) -> writeGroup(content, kind.title(), sentences));
        List<String> warnings = report.separated().stream()
                .flatMap(track ->
                        track.warnings().stream().map(warning -> track.track().name() + ": " + warning))
                .toList();
        if (!warnings.isEmpty()) {
            writeGroup(content, "Warnings of the scoring", warnings);
        }
    }

    private static void writeGroup(Markup content, String title, List<String> sentences) {
        content.element("h3", "%s (%,d)".formatted(title, sentences.size()));
        writeList(content, sentences);
    }

    private static void writeList(Markup content, List<String> sentences) {
        content.open("ul", "class", "sentences");
        sentences.stream().limit(REMARKS_AT_MOST).forEach(sentence -> content.element("li", sentence));
        content.close();
        writeMore(content, sentences.size(), REMARKS_AT_MOST);
    }

    private static void writeMore(Markup content, int all, int shown) {
        if (all > shown) {
            content.element("p", "And %,d more.".formatted(all - shown), "class", "note");
        }
    }
}
