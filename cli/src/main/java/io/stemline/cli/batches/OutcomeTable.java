package io.stemline.cli.batches;

import io.stemline.cli.batches.BatchOutcome.Track;
import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.cli.terminal.Texts;
import io.stemline.events.EvaluationCompleted.Check;
import io.stemline.events.EvaluationCompleted.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;

/** What became of a batch, as a table and a few sentences. */
public final class OutcomeTable {

    private static final String PREFERRED_METRIC = "SI-SDR";
    private static final String NOTHING = "–";

    private final BatchOutcome outcome;
    private final Style style;

    public OutcomeTable(BatchOutcome outcome, Style style) {
        this.outcome = outcome;
        this.style = style;
    }

    public String render() {
        var paragraphs = new ArrayList<String>();
        List<Track> good = outcome.tracks().stream()
                .filter(track -> track.delivery().isPresent())
                .toList();
        if (!good.isEmpty()) {
            paragraphs.add(table(good));
        }
        List<String> remarks =
                good.stream().flatMap(track -> remarks(track).stream()).toList();
        if (!remarks.isEmpty()) {
            paragraphs.add(section("To look at", remarks));
        }
        if (!outcome.failed().isEmpty()) {
            paragraphs.add(section(
                    "Failed",
                    outcome.failed().stream()
                            .map(track -> track.failure().orElseThrow())
                            .toList()));
        }
        return String.join(System.lineSeparator().repeat(2), paragraphs);
    }

    private String table(List<Track> tracks) {
        Optional<String> metric = metric(tracks);
        SequencedSet<String> scored = scoredStems(tracks, metric);
        var headers = new ArrayList<>(List.of("track", ">length", ">time", "stems"));
        scored.forEach(stem -> headers.add(">" + stem));
        var table = Table.of(headers);
        for (Track track : tracks) {
            table.row(row(track, metric, scored));
        }
        String legend = metric.map(name -> System.lineSeparator()
                        + style.faint("Scores against the references: " + name + " in dB, more is better."))
                .orElse("");
        return table.render(style) + legend;
    }

    /** In the model's order; what is scored besides its stems comes last. */
    private static SequencedSet<String> scoredStems(List<Track> tracks, Optional<String> metric) {
        var stems = new LinkedHashSet<String>();
        var scored = new LinkedHashSet<String>();
        for (Track track : tracks) {
            track.item().stems().forEach(stem -> stems.add(stem.stem()));
            scoresOf(track, metric).forEach(score -> scored.add(score.stem()));
        }
        stems.addAll(scored);
        stems.retainAll(scored);
        return stems;
    }

    private static List<String> row(Track track, Optional<String> metric, SequencedSet<String> scored) {
        var item = track.item();
        var cells = new ArrayList<String>();
        cells.add(item.name());
        cells.add(item.lengthSeconds().map(Durations::length).orElse(NOTHING));
        cells.add(item.separationSeconds()
                .map(seconds -> Durations.work(Duration.ofMillis(Math.round(seconds * 1e3))))
                .orElse(NOTHING));
        var delivery = track.delivery().orElseThrow();
        String kept = delivery.fetched() == 0 && !delivery.files().isEmpty() ? ", were there" : "";
        cells.add(delivery.files().size() + kept);
        for (String stem : scored) {
            cells.add(scoresOf(track, metric).stream()
                    .filter(score -> score.stem().equals(stem))
                    .map(score -> decibels(score.value()))
                    .findFirst()
                    .orElse(NOTHING));
        }
        return cells;
    }

    private static String decibels(double value) {
        if (Double.isNaN(value)) {
            return NOTHING;
        }
        return Double.isInfinite(value) ? (value > 0 ? "∞" : "−∞") : String.format(Locale.ROOT, "%.1f", value);
    }

    private static Optional<String> metric(List<Track> tracks) {
        var metrics = new LinkedHashSet<String>();
        tracks.forEach(track -> track.item().scores().forEach(score -> metrics.add(score.metric())));
        return metrics.contains(PREFERRED_METRIC)
                ? Optional.of(PREFERRED_METRIC)
                : metrics.stream().findFirst();
    }

    private static List<Score> scoresOf(Track track, Optional<String> metric) {
        return track.item().scores().stream()
                .filter(score -> metric.filter(score.metric()::equals).isPresent())
                .toList();
    }

    private static List<String> remarks(Track track) {
        var remarks = new ArrayList<String>();
        for (Check check : track.item().checks()) {
            if (!check.passed()) {
                remarks.add("%s: %s (%s)".formatted(track.item().name(), check.name(), check.detail()));
            }
        }
        return remarks;
    }

    private String section(String title, List<String> sentences) {
        var lines = new ArrayList<String>();
        lines.add(title.equals("Failed") ? style.bad(title) : style.strong(title));
        sentences.forEach(sentence -> lines.add("  " + Texts.harmless(sentence)));
        return String.join(System.lineSeparator(), lines);
    }
}
