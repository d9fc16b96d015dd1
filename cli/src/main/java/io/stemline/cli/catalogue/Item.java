package io.stemline.cli.catalogue;

import io.stemline.events.EvaluationCompleted.Check;
import io.stemline.events.EvaluationCompleted.Score;
import io.stemline.events.StemsReady.Stem;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a batch.
 *
 * @param position its place in the batch, from 0
 * @param path where its audio file is
 * @param reason why it failed, if it did
 * @param separationSeconds how long its separation took, once it is separated
 */
public record Item(
        String itemId,
        int position,
        String path,
        String name,
        State state,
        Optional<String> reason,
        Optional<String> trackId,
        Optional<Double> lengthSeconds,
        Optional<String> separationId,
        Optional<String> modelId,
        String encoding,
        Optional<Double> separationSeconds,
        List<Stem> stems,
        List<Score> scores,
        List<Check> checks,
        List<String> warnings) {

    public Item {
        stems = stems == null ? List.of() : List.copyOf(stems);
        scores = scores == null ? List.of() : List.copyOf(scores);
        checks = checks == null ? List.of() : List.copyOf(checks);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /** How far an entry is. */
    public enum State {
        RECEIVED,
        QUEUED,
        SEPARATED,
        DONE,
        FAILED;

        /** Whether nothing will change any more. */
        public boolean isFinal() {
            return this == DONE || this == FAILED;
        }
    }
}
