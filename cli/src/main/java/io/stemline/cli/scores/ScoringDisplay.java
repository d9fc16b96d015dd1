package io.stemline.cli.scores;

import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.ProgressBoard;
import io.stemline.cli.terminal.ProgressBoard.Bar;
import io.stemline.cli.terminal.Terminal;
import io.stemline.cli.terminal.Texts;
import io.stemline.cli.terminal.TimeLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shows a scoring under way: on a terminal a bar for each track under work and one for all, elsewhere a line for each track that
 * ends.
 */
final class ScoringDisplay implements AutoCloseable {

    private static final int BARS_AT_MOST = 8;

    private final Terminal terminal;
    private final ProgressBoard board;
    private final TimeLeft timeLeft = new TimeLeft();
    private final int tracks;
    private final Map<String, Double> working = new LinkedHashMap<>();
    private int ended;
    private int failed;

    ScoringDisplay(Terminal terminal, int tracks) {
        this.terminal = terminal;
        this.board = new ProgressBoard(terminal);
        this.tracks = tracks;
    }

    synchronized void at(ReferencedTrack track, double fraction) {
        working.put(track.title(), fraction);
        var bars = new ArrayList<Bar>();
        working.entrySet().stream()
                .limit(BARS_AT_MOST)
                .forEach(entry -> bars.add(
                        new Bar(entry.getKey(), entry.getValue() > 0 ? "scoring" : "reading", entry.getValue(), "")));
        bars.add(overall());
        board.show(bars);
    }

    synchronized void ended(TrackOutcome outcome, Duration took) {
        working.remove(outcome.track().title());
        ended++;
        failed += outcome.failure().isPresent() ? 1 : 0;
        if (!terminal.canRedraw()) {
            String how = outcome.again() ? "was scored before" : "scored in " + Durations.work(took);
            terminal.say("[%d/%d] %s: %s"
                    .formatted(
                            ended,
                            tracks,
                            Texts.harmless(outcome.track().title()),
                            outcome.failure().isPresent() ? "failed" : how));
        }
    }

    private Bar overall() {
        double done = ended
                + working.values().stream().mapToDouble(Double::doubleValue).sum();
        String remark = timeLeft.at(System.nanoTime(), done, tracks)
                .map(left -> "about " + Durations.work(left) + " left")
                .orElse("");
        return new Bar(
                "%d of %d tracks".formatted(ended, tracks),
                failed == 0 ? "" : failed + " failed",
                done / tracks,
                remark);
    }

    @Override
    public void close() {
        board.close();
    }
}
