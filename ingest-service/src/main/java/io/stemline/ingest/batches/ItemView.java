package io.stemline.ingest.batches;

import io.stemline.events.EvaluationCompleted.Check;
import io.stemline.events.EvaluationCompleted.Score;
import io.stemline.events.StemsReady.Stem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a batch as the API shows it.
 *
 * @param position its place in the batch, from 0
 * @param path where the audio file was when it was submitted
 * @param state how far it is
 * @param reason why it failed, where it did
 * @param lengthSeconds how long the track plays
 * @param modelId the model that separated it
 * @param separationSeconds how long the separation took
 * @param stems the stems, once they are there
 * @param scores the scores in dB, where the track has references
 * @param checks what was checked without references
 * @param warnings what was wrong with the file though it could be read, and which scores to distrust
 */
public record ItemView(
        String itemId,
        int position,
        String path,
        String name,
        ItemState state,
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
        List<String> warnings,
        Instant changedAt) {}
