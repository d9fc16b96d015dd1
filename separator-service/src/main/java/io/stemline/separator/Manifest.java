package io.stemline.separator;

import io.stemline.separation.streaming.SeparationResult;
import io.stemline.separation.streaming.StemSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a separation was made of and how: lies beside its stems as {@code manifest.json}, so that a stem can be traced without the
 * database.
 *
 * @param source key of the separated audio file
 * @param weightsSha256 hash of the model's weights; absent for methods without weights
 * @param warnings what was wrong with the source and could be passed over
 */
record Manifest(
        String separationId,
        String trackId,
        String source,
        String name,
        String modelId,
        Optional<String> weightsSha256,
        String encoding,
        int sampleRateHz,
        int channels,
        long lengthFrames,
        List<StemSummary> stems,
        List<String> warnings,
        double seconds,
        Instant createdAt) {

    static Manifest of(SeparationJob job, SeparationResult result, Instant now) {
        return new Manifest(
                job.separationId(),
                job.track().trackId(),
                job.track().object(),
                job.track().name(),
                job.modelId(),
                result.model().weights().map(weights -> weights.sha256()),
                job.track().separation().encoding(),
                result.format().sampleRateHz(),
                result.format().channels(),
                result.lengthFrames(),
                result.stems(),
                result.warnings(),
                result.duration().toMillis() / 1e3,
                now);
    }
}
