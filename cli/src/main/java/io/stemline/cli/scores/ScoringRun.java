package io.stemline.cli.scores;

import io.stemline.audio.AudioException;
import io.stemline.cli.scores.ScoreFolder.Earlier;
import io.stemline.cli.terminal.Terminal;
import io.stemline.evaluation.EvaluationException;
import io.stemline.evaluation.ScoringSettings;
import io.stemline.evaluation.TrackScorer;
import io.stemline.evaluation.TrackScores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Scores tracks, some at a time:
 *
 * <ol>
 *   <li>the folder of scores is opened. It is another run's: nothing is scored;
 *   <li>each track that an earlier run has not scored is scored, and its figures are written. It cannot be: that is its outcome,
 *       and the others go on;
 *   <li>the figures of all tracks are written together.
 * </ol>
 */
public final class ScoringRun {

    private final ScoreFolder folder;
    private final TrackScorer scorer;
    private final int jobs;
    private final Terminal terminal;

    private ScoringRun(ScoreFolder folder, TrackScorer scorer, int jobs, Terminal terminal) {
        this.folder = folder;
        this.scorer = scorer;
        this.jobs = jobs;
        this.terminal = terminal;
    }

    /**
     * @param root where scores go
     * @param run what the figures follow from
     * @param settings how to score; its threads are those of each track
     * @param jobs how many tracks to score at a time
     * @throws ScoresException if the folder cannot be used
     */
    public static ScoringRun into(Path root, RunSettings run, ScoringSettings settings, int jobs, Terminal terminal) {
        ScoreFolder folder = ScoreFolder.open(root, run);
        return new ScoringRun(folder, new TrackScorer(folder.scratch(), settings), jobs, terminal);
    }

    /**
     * Scores the tracks; the outcomes have their order.
     *
     * @throws ScoresException if the figures of all tracks cannot be written
     */
    public List<TrackOutcome> score(List<ReferencedTrack> tracks) {
        List<TrackOutcome> outcomes;
        try (var display = new ScoringDisplay(terminal, tracks.size())) {
            outcomes = scoreAll(tracks, display);
        }
        try {
            new ScoreFiles(folder, outcomes).write();
        } catch (IOException e) {
            throw new ScoresException(
                    "%s: the scores of all tracks cannot be written (%s)".formatted(folder.root(), e.getMessage()), e);
        }
        return outcomes;
    }

    private List<TrackOutcome> scoreAll(List<ReferencedTrack> tracks, ScoringDisplay display) {
        var running = new ArrayList<Future<TrackOutcome>>();
        var outcomes = new ArrayList<TrackOutcome>();
        try (ExecutorService workers = Executors.newFixedThreadPool(
                jobs, Thread.ofPlatform().name("scoring-", 1).daemon().factory())) {
            tracks.forEach(track -> running.add(workers.submit(() -> attempt(track, display))));
            for (Future<TrackOutcome> outcome : running) {
                outcomes.add(outcome.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScoresException("scoring was interrupted", e);
        }
        return List.copyOf(outcomes);
    }

    private TrackOutcome attempt(ReferencedTrack track, ScoringDisplay display) {
        long start = System.nanoTime();
        display.at(track, 0);
        TrackOutcome outcome = outcomeOf(track, display);
        display.ended(outcome, Duration.ofNanos(System.nanoTime() - start));
        return outcome;
    }

    private TrackOutcome outcomeOf(ReferencedTrack track, ScoringDisplay display) {
        Optional<String> objection = Optional.empty();
        try {
            Earlier earlier = folder.find(track);
            objection = earlier.objection();
            return earlier.record().isPresent()
                    ? TrackOutcome.scored(track, earlier.record().get(), true, objection)
                    : TrackOutcome.scored(track, score(track, display), false, objection);
        } catch (AudioException | EvaluationException e) {
            return TrackOutcome.failed(track, e.getMessage(), objection);
        } catch (IOException e) {
            return TrackOutcome.failed(track, "its scores cannot be kept (" + e.getMessage() + ")", objection);
        } catch (RuntimeException e) {
            // One track must not stop the others, whatever is wrong with it.
            return TrackOutcome.failed(track, "something went wrong that nobody foresaw (" + e + ")", objection);
        }
    }

    private TrackRecord score(ReferencedTrack track, ScoringDisplay display) throws IOException {
        long start = System.nanoTime();
        Map<String, String> files = TrackRecord.fingerprints(track);
        TrackScores scores =
                scorer.score(track.references(), track.estimates(), fraction -> display.at(track, fraction));
        if (scores.scores().isEmpty()) {
            throw new EvaluationException(scores.warnings().getFirst().message());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        var record = TrackRecord.of(track, folder.settings(), scores, files, seconds);
        folder.keep(track, record);
        return record;
    }
}
