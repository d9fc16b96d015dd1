package io.stemline.cli.study;

import io.stemline.reports.charts.Decibels;
import io.stemline.reports.charts.LineChart;
import io.stemline.reports.charts.LineChart.Line;
import io.stemline.reports.markup.Markup;
import io.stemline.reports.page.PageFrame;
import io.stemline.reports.page.Tables;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A study as a page: what is seen in words, a chart for each stem, a table. */
final class StudyPage {
    private final PageFrame page;

    StudyPage(Instant madeAt) {
        this.page = new PageFrame(
                "Window and hop",
                "How well an ideal mask separates, by the short-time Fourier transform that it works in",
                madeAt);
    }

    /** Adds what came of a study. */
    StudyPage add(String id, String heading, String about, StftStudy study, int sampleRateHz) {
        page.section(id, heading, content -> {
            content.element("p", about);
            writeFindings(content, study, sampleRateHz);
            content.open("div", "class", "charts");
            study.stems().forEach(stem -> writeChart(content, study, stem));
            content.close();
            writeTable(content, study, sampleRateHz);
        });
        return this;
    }

    String html() {
        return page.section("explanation", "What is seen", StudyPage::writeExplanation)
                .html();
    }

    private record Found(StftStudy.Setting setting, double figure) {}

    private static List<Found> all(StftStudy study, String stem) {
        return study.windows().stream()
                .flatMap(window -> study.hops().stream()
                        .map(hop -> new Found(new StftStudy.Setting(window, hop), study.median(window, hop, stem))))
                .filter(found -> !Double.isNaN(found.figure))
                .sorted(Comparator.comparingDouble(Found::figure))
                .toList();
    }

    private static void writeFindings(Markup content, StftStudy study, int sampleRateHz) {
        content.open("ul", "class", "sentences");
        for (String stem : study.stems()) {
            List<Found> found = all(study, stem);
            if (!found.isEmpty()) {
                Found worst = found.getFirst();
                Found best = found.getLast();
                content.element(
                        "li",
                        "%s: best with %s (%s dB), worst with %s (%s dB)."
                                .formatted(
                                        stem,
                                        said(best.setting, sampleRateHz),
                                        Decibels.of(best.figure),
                                        said(worst.setting, sampleRateHz),
                                        Decibels.of(worst.figure)));
            }
        }
        content.close();
    }

    private static String said(StftStudy.Setting setting, int sampleRateHz) {
        return String.format(
                Locale.ROOT,
                "a window of %d and a hop of %d (%.0f and %.0f ms)",
                setting.window(),
                setting.hop(),
                1e3 * setting.window() / sampleRateHz,
                1e3 * setting.hop() / sampleRateHz);
    }

    private static void writeChart(Markup content, StftStudy study, String stem) {
        List<Line> lines = study.windows().stream()
                .map(window -> new Line(
                        String.valueOf(window),
                        study.hops().stream()
                                .mapToDouble(hop -> study.median(window, hop, stem))
                                .toArray()))
                .toList();
        String caption = "%s, SI-SDR, dB".formatted(stem);
        List<String> hops = study.hops().stream().map(String::valueOf).toList();
        content.line()
                .open("figure")
                .element("figcaption", caption)
                .add(LineChart.draw(
                        caption + " by window and hop", "hop in samples; a line for each window", hops, lines))
                .close();
    }

    private static void writeTable(Markup content, StftStudy study, int sampleRateHz) {
        Tables.open(content, "SI-SDR by window and hop");
        content.element("caption", "SI-SDR in dB, mask " + study.mask());
        content.open("thead").open("tr");
        for (String title : List.of("window", "hop", "overlap")) {
            content.element("th", title, "scope", "col", "class", "figure");
        }
        study.stems().forEach(stem -> content.element("th", stem, "scope", "col", "class", "figure"));
        content.close().close().open("tbody");
        for (int window : study.windows()) {
            for (int hop : study.hops()) {
                if (hop <= window) {
                    content.line().open("tr");
                    cell(content, "%d (%.0f ms)", window, 1e3 * window / sampleRateHz);
                    cell(content, "%d (%.0f ms)", hop, 1e3 * hop / sampleRateHz);
                    cell(content, "%.0f %%", 100 * (1 - hop / (double) window));
                    study.stems()
                            .forEach(stem -> content.element(
                                    "td", Decibels.of(study.median(window, hop, stem)), "class", "figure"));
                    content.close();
                }
            }
        }
        content.close();
        Tables.close(content);
    }

    private static void cell(Markup content, String format, Object... values) {
        content.element("td", String.format(Locale.ROOT, format, values), "class", "figure");
    }

    private static void writeExplanation(Markup content) {
        content.element(
                "p",
                "A mask can only weigh whole cells of the spectrogram. A cell is as long as the window and about as high as the sample"
                        + " rate divided by the window: what two sounds have in one cell, no mask can part, however well it is"
                        + " estimated. So the transform is the first limit of a model, before any training.");
        content.element(
                "p",
                "Window: a steady tone is a line in a spectrogram, and the longer the window, the fewer bins hold it. A click is a column:"
                        + " it has a little in every bin, and loses to the tone only the bins that the tone is in. So an ideal mask parts"
                        + " these two the better, the longer the window is. Music is neither: its tones move and its beats follow each"
                        + " other within a long window, so a data set has its best window in between, and each stem its own.");
        content.element(
                "p",
                "Hop: up to half the window nearly nothing changes, since every sample lies well inside some window. Beyond that, the"
                        + " tapered windows leave gaps: what lies there is found by dividing by next to nothing, which amplifies whatever"
                        + " the mask has moved there. With no overlap at all, separation fails, whatever makes the mask.");
        content.element(
                "p",
                "Masks are ideal, made from the true sounds; the window is Hann's, for analysis and synthesis. Figures are SI-SDR over"
                        + " all channels, without removal of means (Le Roux and others, 2019); of several tracks, medians.",
                "class",
                "note");
    }
}
