package io.stemline.ingest.console.live;

import io.smallrye.mutiny.Multi;
import io.stemline.ingest.batches.Batches;
import io.stemline.ingest.batches.ItemState;
import io.stemline.ingest.console.live.LiveRows.Lately;
import io.stemline.ingest.console.live.LiveRows.Waiting;
import io.stemline.ingest.console.live.LiveView.InWork;
import io.stemline.ingest.console.live.LiveView.Queue;
import io.stemline.ingest.console.live.LiveView.Speed;
import io.stemline.ingest.console.live.WorkerCensus.Counts;
import io.stemline.ingest.console.live.WorkerCensus.Crew;
import io.stemline.ingest.progress.LiveProgress;
import io.stemline.ingest.progress.Looks;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second while anybody watches, and only once for all of them. A look that fails says so in the view and leaves the
 * rest as it was last seen.
 */
@Singleton
final class LiveBoard {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveBoard.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration SPEED_OVER = Duration.ofMinutes(10);
    private static final int BATCHES = 10;
    private static final int IN_WORK = 20;
    private static final int FAILURES = 10;
    private static final String SEPARATORS = "separator-service";
    private static final String EVALUATORS = "evaluator-service";

    private final Batches batches;
    private final LiveProgress progress;
    private final LiveRows rows;
    private final WorkerCensus census;
    private final Multi<LiveView> views;
    private volatile LiveView last = new LiveView(
            Optional.empty(),
            new Speed(Optional.empty(), Optional.empty(), Optional.empty()),
            List.of(),
            List.of(),
            List.of(),
            0,
            List.of());

    LiveBoard(Batches batches, LiveProgress progress, LiveRows rows, WorkerCensus census) {
        this.batches = batches;
        this.progress = progress;
        this.rows = rows;
        this.census = census;
        this.views = Looks.every(BETWEEN_LOOKS, this::look)
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    /** One view a second. Who cannot follow misses views, and holds nobody else up. */
    Multi<LiveView> views() {
        return views.onOverflow().dropPreviousItems();
    }

    LiveView look() {
        try {
            last = seen();
        } catch (RuntimeException e) {
            LOGGER.atWarn().log("The live page is not complete for now: {}", e.toString());
            last = new LiveView(
                    Optional.of("The database does not answer; this is what was seen last."),
                    last.speed(),
                    last.queues(),
                    last.batches(),
                    last.inWork(),
                    last.inWorkTotal(),
                    last.failures());
        }
        return last;
    }

    private LiveView seen() {
        Map<ItemState, Waiting> unfinished = rows.unfinished();
        Counts counts = census.counts(List.of(SEPARATORS, EVALUATORS));
        List<InWork> inWork = rows.named(progress.working());
        return new LiveView(
                counts.brokerAnswers()
                        ? Optional.empty()
                        : Optional.of("Kafka does not answer; queues and workers are those seen last."),
                speed(rows.lately(SPEED_OVER), unfinished, !inWork.isEmpty()),
                List.of(
                        new Queue(
                                "intake",
                                waiting(unfinished, ItemState.RECEIVED).entries(),
                                Optional.empty(),
                                0),
                        queue(
                                "separation",
                                unfinished,
                                ItemState.QUEUED,
                                counts.crews().get(SEPARATORS)),
                        queue(
                                "evaluation",
                                unfinished,
                                ItemState.SEPARATED,
                                counts.crews().get(EVALUATORS))),
                batches.newest(BATCHES),
                inWork.stream().limit(IN_WORK).toList(),
                inWork.size(),
                rows.failures(FAILURES));
    }

    /** The broker also counts what other systems published; the rows also count what is yet in the outbox. */
    private static Queue queue(String name, Map<ItemState, Waiting> unfinished, ItemState state, Crew crew) {
        long entries = waiting(unfinished, state).entries();
        if (crew == null) {
            return new Queue(name, entries, Optional.empty(), 0);
        }
        return new Queue(name, Math.max(entries, crew.waiting().orElse(0L)), Optional.of(crew.workers()), crew.hosts());
    }

    static Speed speed(Lately lately, Map<ItemState, Waiting> unfinished, boolean atWork) {
        if (lately.tracks() == 0) {
            return new Speed(Optional.empty(), Optional.empty(), Optional.empty());
        }
        double until = atWork ? 0 : lately.sinceEndSeconds();
        double seconds = Math.max(1, lately.sinceBeginSeconds() - until);
        double timesRealTime = lately.musicSeconds() / seconds;
        double usualSeconds = lately.musicSeconds() / lately.tracks();
        double left = unfinished.entrySet().stream()
                .filter(state -> state.getKey() != ItemState.SEPARATED)
                .map(Map.Entry::getValue)
                .mapToDouble(
                        waiting -> waiting.musicSeconds() + (waiting.entries() - waiting.measured()) * usualSeconds)
                .sum();
        return new Speed(
                Optional.of(timesRealTime),
                Optional.of(lately.tracks() * 3600.0 / seconds),
                left > 0 ? Optional.of(Duration.ofSeconds(Math.round(left / timesRealTime))) : Optional.empty());
    }

    private static Waiting waiting(Map<ItemState, Waiting> unfinished, ItemState state) {
        return unfinished.getOrDefault(state, Waiting.NOTHING);
    }
}
