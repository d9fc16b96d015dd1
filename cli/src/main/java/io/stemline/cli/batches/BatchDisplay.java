package io.stemline.cli.batches;

import io.stemline.cli.catalogue.Batch;
import io.stemline.cli.catalogue.BatchProgress.Working;
import io.stemline.cli.catalogue.Item;
import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.ProgressBoard;
import io.stemline.cli.terminal.ProgressBoard.Bar;
import io.stemline.cli.terminal.Terminal;
import io.stemline.cli.terminal.Texts;
import io.stemline.cli.terminal.TimeLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Shows a batch under way: on a terminal a bar for each track under work and one for the batch, elsewhere a line for each
 * track that ends.
 */
public final class BatchDisplay implements AutoCloseable {

    private static final int BARS_AT_MOST = 8;

    /** A track's work is nearly all separation; scoring its stems is the rest. */
    private static final double SEPARATION_SHARE = 0.9;

    private final Terminal terminal;
    private final ProgressBoard board;
    private final TimeLeft timeLeft = new TimeLeft();

    public BatchDisplay(Terminal terminal) {
        this.terminal = terminal;
        this.board = new ProgressBoard(terminal);
    }

    void show(Batch batch, List<Item> items, List<Working> working) {
        if (!terminal.canRedraw()) {
            return;
        }
        Map<String, Working> work =
                working.stream().collect(Collectors.toMap(Working::itemId, Function.identity(), (one, other) -> other));
        var bars = new ArrayList<Bar>();
        items.stream()
                .filter(item -> work.containsKey(item.itemId()) && !item.state().isFinal())
                .limit(BARS_AT_MOST)
                .forEach(item -> bars.add(bar(item, work.get(item.itemId()))));
        bars.add(batchBar(batch, items, work));
        board.show(bars);
    }

    void ended(Item item, Batch batch) {
        if (terminal.canRedraw()) {
            return;
        }
        int ended = batch.done() + batch.failed();
        String name = Texts.harmless(item.name());
        String how = item.state() == Item.State.FAILED ? "failed" : "done";
        terminal.say(String.format(Locale.ROOT, "[%d/%d] %s: %s", ended, batch.entries(), name, how));
    }

    @Override
    public void close() {
        board.close();
    }

    private static Bar bar(Item item, Working working) {
        String length = item.lengthSeconds().map(Durations::length).orElse("");
        return new Bar(item.name(), working.stage(), working.fraction(), length);
    }

    private Bar batchBar(Batch batch, List<Item> items, Map<String, Working> work) {
        double knownSeconds = items.stream()
                .flatMap(item -> item.lengthSeconds().stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(1);
        double total = knownSeconds * (batch.entries() - items.size());
        double done = 0;
        for (Item item : items) {
            double seconds = item.lengthSeconds().orElse(item.state() == Item.State.FAILED ? 0 : knownSeconds);
            total += seconds;
            done += seconds * doneOf(item, work.get(item.itemId()));
        }
        String remark = timeLeft.at(System.nanoTime(), done, total)
                .filter(left -> !left.equals(Duration.ZERO))
                .map(left -> "about " + Durations.work(left) + " left")
                .orElse("");
        String label = "%d of %d tracks".formatted(batch.done() + batch.failed(), batch.entries());
        String stage = batch.failed() == 0 ? "" : batch.failed() + " failed";
        return new Bar(label, stage, total == 0 ? 0 : done / total, remark);
    }

    private static double doneOf(Item item, Working working) {
        double fraction = working == null ? 0 : working.fraction();
        return switch (item.state()) {
            case RECEIVED -> 0;
            case QUEUED -> SEPARATION_SHARE * fraction;
            case SEPARATED -> SEPARATION_SHARE + (1 - SEPARATION_SHARE) * fraction;
            case DONE, FAILED -> 1;
        };
    }
}
