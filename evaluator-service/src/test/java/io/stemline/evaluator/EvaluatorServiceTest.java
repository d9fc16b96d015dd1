package io.stemline.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.events.EvaluationCompleted;
import io.stemline.events.Reference;
import io.stemline.events.StemsReady;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.MetricNames;
import io.stemline.service.testing.Backends;
import io.stemline.service.testing.Topic;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(Backends.class)
class EvaluatorServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SAMPLE_RATE_HZ = 8000;

    @Inject
    Broker broker;

    @Inject
    ObjectStore store;

    @Inject
    EventPublisher publisher;

    @Inject
    Jdbi database;

    @Inject
    EvaluatorConfig config;

    @Inject
    MeterRegistry metrics;

    @TempDir
    Path folder;

    @Test
    void stemsWithReferencesAreScoredWithTheirWindows() {
        // Given stems whose error has a tenth of the amplitude of the true ones
        StemsReady separation = separation(1, true);

        // When
        publish(separation, "event-1");

        // Then
        EvaluationCompleted completed = completed(separation.trackId());
        assertThat(value(completed, "vocals", "SNR")).isCloseTo(20, within(0.2));
        assertThat(value(completed, "vocals", "SDR")).isBetween(19.0, 22.0);
        assertThat(completed.checks()).isNotEmpty().allMatch(EvaluationCompleted.Check::passed);
        Double[] windows = database.withHandle(handle -> handle.select(
                        "select scores from evaluation_frame where evaluation_id = ? and stem = 'vocals' and metric = 'SDR'",
                        completed.evaluationId())
                .mapTo(Double[].class)
                .one());
        assertThat(windows).hasSize(3);
        Double median = database.withHandle(handle ->
                handle.select("""
                        select percentile_cont(0.5) within group (order by score)
                        from evaluation_frame, unnest(scores) as score
                        where evaluation_id = ? and stem = 'vocals' and metric = 'SDR' and score <> 'NaN'
                        """, completed.evaluationId()).mapTo(Double.class).one());
        assertThat(value(completed, "vocals", "SDR")).isCloseTo(median, within(1e-9));
    }

    @Test
    void stemsAreScoredLaterWhereTheDiskForDecodedAudioFailsAtFirst() throws IOException {
        // Given a scratch folder that nothing can be written to
        StemsReady separation = separation(5, true);
        Path scratch = config.scratch();
        Files.delete(scratch);
        Files.createFile(scratch);

        // When
        publish(separation, "event-5");
        await().atMost(PATIENCE).until(() -> retries() > 0);
        Files.delete(scratch);
        Files.createDirectory(scratch);

        // Then
        EvaluationCompleted completed = completed(separation.trackId());
        assertThat(value(completed, "vocals", "SNR")).isCloseTo(20, within(0.2));
        assertThat(count(
                        "select count(*) from evaluation where evaluation_id = ? and warnings <> '{}'",
                        completed.evaluationId()))
                .isZero();
    }

    @Test
    void stemsWithoutReferencesAreCheckedAllTheSame() {
        // Given
        StemsReady separation = separation(2, false);

        // When
        publish(separation, "event-2");

        // Then
        EvaluationCompleted completed = completed(separation.trackId());
        assertThat(completed.scores()).isEmpty();
        assertThat(completed.checks())
                .extracting(EvaluationCompleted.Check::name)
                .contains("stems-add-up", "same-shape", "no-clipping");
    }

    @Test
    void theSameSeparationIsEvaluatedOnceHoweverOftenItIsAnnounced() {
        // Given
        StemsReady separation = separation(3, true);

        // When
        publish(separation, "event-3");
        publish(separation, "event-3");
        publish(separation, "event-3-again");

        // Then
        await().atMost(PATIENCE)
                .until(() -> count("select count(*) from processed_event where event_id like ?", "event-3%") == 2);
        assertThat(count("select count(*) from evaluation where separation_id = ?", separation.separationId()))
                .isOne();
    }

    @Test
    void aStemThatIsGoneIsADeadLetterThatNamesIt() {
        // Given
        StemsReady separation = separation(4, false);
        store.delete(separation.stems().getFirst().object());

        // When
        publish(separation, "event-4");

        // Then
        DeadLetter letter = DeadLetter.parse(Topic.await(
                broker,
                Topics.deadLettersOf(Topics.STEMS_READY),
                PATIENCE,
                record -> record.key().equals(separation.trackId())));
        assertThat(letter.failure().reason())
                .contains(separation.stems().getFirst().object());
    }

    /** Two stems of noise; their mixture; references with less noise, where wanted. */
    private StemsReady separation(long seed, boolean withReferences) {
        String trackId = "%064x".formatted(seed);
        String separationId = "%064x".formatted(seed + 1000);
        float[] vocals = noise(seed, 0.1);
        float[] other = noise(seed + 100, 0.1);
        float[] error = noise(seed + 200, 0.01);
        float[] estimate = sum(vocals, error, 1);
        put("tracks/%s/source.wav".formatted(trackId), sum(vocals, other, 1));
        put("separations/%s/vocals.wav".formatted(separationId), estimate);
        put("separations/%s/other.wav".formatted(separationId), sum(other, error, -1));
        put("tracks/%s/references/vocals.wav".formatted(trackId), vocals);
        put("tracks/%s/references/other.wav".formatted(trackId), other);
        database.useHandle(handle -> {
            handle.execute(
                    "insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames)"
                            + " values (?, 'x', 'x', 'wav', 8000, 1, 24000)",
                    trackId);
            handle.execute(
                    "insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)"
                            + " values (?, ?, 'm', 'wav-float', 'x', 0, 'w')",
                    separationId,
                    trackId);
        });
        return new StemsReady(
                trackId,
                separationId,
                "m",
                "tracks/%s/source.wav".formatted(trackId),
                List.of(stem(separationId, "vocals"), stem(separationId, "other")),
                "separations/%s/manifest.json".formatted(separationId),
                1,
                withReferences ? List.of(reference(trackId, "vocals"), reference(trackId, "other")) : List.of(),
                Optional.empty());
    }

    private static StemsReady.Stem stem(String separationId, String stem) {
        return new StemsReady.Stem(stem, "separations/%s/%s.wav".formatted(separationId, stem), -1, -20);
    }

    private static Reference reference(String trackId, String stem) {
        return new Reference(stem, "tracks/%s/references/%s.wav".formatted(trackId, stem), 0);
    }

    private void put(String object, float[] samples) {
        Path file = folder.resolve("file.wav");
        AudioFiles.write(
                file, new AudioBuffer(new AudioFormat(SAMPLE_RATE_HZ, 1), new float[][] {samples}), Encoding.WAV_FLOAT);
        store.put(object, file);
    }

    private static float[] noise(long seed, double level) {
        var random = new Random(seed);
        var samples = new float[3 * SAMPLE_RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (level * random.nextGaussian());
        }
        return samples;
    }

    private static float[] sum(float[] a, float[] b, float gain) {
        var sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + gain * b[i];
        }
        return sum;
    }

    private void publish(StemsReady separation, String eventId) {
        publisher.publish(new OutgoingEvent(separation, eventId)).join();
    }

    private int count(String sql, Object argument) {
        return database.withHandle(
                handle -> handle.select(sql, argument).mapTo(Integer.class).one());
    }

    private EvaluationCompleted completed(String trackId) {
        return EventReader.read(
                        Topic.await(
                                broker,
                                Topics.EVALUATION_COMPLETED,
                                PATIENCE,
                                record -> record.key().equals(trackId)),
                        EvaluationCompleted.class)
                .event();
    }

    private double retries() {
        return metrics.find(MetricNames.RETRIES).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static double value(EvaluationCompleted completed, String stem, String metric) {
        return completed.scores().stream()
                .filter(score -> score.stem().equals(stem) && score.metric().equals(metric))
                .mapToDouble(EvaluationCompleted.Score::value)
                .findFirst()
                .orElseThrow();
    }
}
