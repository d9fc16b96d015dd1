package io.stemline.separator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.audio.peaks.PeakFile;
import io.stemline.events.AudioReady;
import io.stemline.events.Origin;
import io.stemline.events.StemsReady;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.EventReader;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Backends;
import io.stemline.service.testing.Topic;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(Backends.class)
@TestProfile(SeparatorServiceTest.NullModel.class)
class SeparatorServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public static final class NullModel implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stemline.models.folders", "models-of-the-test", "stemline.models.active", "null");
        }
    }

    @Inject
    Broker broker;

    @Inject
    ObjectStore store;

    @Inject
    EventPublisher publisher;

    @Inject
    Jdbi database;

    @Inject
    ObjectMapper json;

    @TempDir
    Path folder;

    @Test
    void aTrackBecomesStemsWithTheirManifestAndRows() throws IOException {
        // Given
        AudioReady track = track("a", 1, Optional.empty(), "wav-float");

        // When
        publish(track, "event-1");

        // Then
        StemsReady ready = stemsReady(track.trackId());
        assertThat(ready.modelId()).isEqualTo("null");
        assertThat(ready.stems()).isNotEmpty();
        assertThat(sumOf(ready)[100]).isCloseTo(samples(1)[100], within(1e-6f));
        try (InputStream manifest = store.get(ready.manifest())) {
            JsonNode tree = json.readTree(manifest);
            assertThat(tree.get("trackId").asText()).isEqualTo(track.trackId());
            assertThat(tree.get("lengthFrames").asLong()).isEqualTo(8000);
        }
        String peaks = ready.manifest().replace("manifest.json", "peaks/");
        assertThat(highestPeak(peaks + "mixture.peaks")).isEqualTo(highest(samples(1)));
        ready.stems()
                .forEach(stem ->
                        assertThat(store.exists(peaks + stem.stem() + ".peaks")).isTrue());
        assertThat(count("select count(*) from separation where separation_id = ?", ready.separationId()))
                .isOne();
        assertThat(count("select count(*) from stem where separation_id = ?", ready.separationId()))
                .isEqualTo(ready.stems().size());
    }

    @Test
    void theSameEventTwiceHasItsEffectOnce() {
        // Given
        AudioReady track = track("b", 2, Optional.empty(), "flac-16");

        // When
        publish(track, "event-2");
        publish(track, "event-2");
        publish(track, "event-2-again");

        // Then
        await().atMost(PATIENCE)
                .until(() -> count("select count(*) from processed_event where event_id like ?", "event-2%") == 2);
        assertThat(count("select count(*) from separation where track_id = ?", track.trackId()))
                .isOne();
        assertThat(count("select count(*) from batch_item where track_id = ?", track.trackId()))
                .isOne();
    }

    @Test
    void aTrackThatAnotherSystemAnnouncedHasAnEntryInTheCatalogue() {
        // Given
        AudioReady track = track("k", 11, Optional.empty(), "wav-float");

        // When
        publish(track, "event-of-another-system");

        // Then
        StemsReady ready = stemsReady(track.trackId());
        assertThat(ready.origin()).contains(new Origin("elsewhere", "elsewhere-" + ready.separationId()));
        assertThat(count(
                        "select count(*) from batch_item where state = 'SEPARATED' and batch_id = 'elsewhere' and separation_id = ?",
                        ready.separationId()))
                .isOne();
    }

    @Test
    void anUnknownModelIsADeadLetterThatNamesTheChoice() {
        // Given
        AudioReady track = track("c", 3, Optional.of("nonsense"), "wav-16");

        // When
        publish(track, "event-3");

        // Then
        assertThat(deadLetter(track.trackId()).failure().reason()).startsWith("no model 'nonsense'");
    }

    @Test
    void anObjectThatIsGoneIsADeadLetter() {
        // Given
        AudioReady track = track("d", 4, Optional.empty(), "wav-16");
        store.delete(track.object());

        // When
        publish(track, "event-4");

        // Then
        assertThat(deadLetter(track.trackId()).failure().reason())
                .startsWith("d: ")
                .contains(track.object());
    }

    @Test
    void aFileThatIsNotAudioIsADeadLetter() {
        // Given
        AudioReady track = track("e", 5, Optional.empty(), "wav-16");
        store.put(track.object(), new java.io.ByteArrayInputStream("not audio".getBytes(UTF_8)));

        // When
        publish(track, "event-5");

        // Then
        assertThat(deadLetter(track.trackId()).failure().reason()).startsWith("e: ");
    }

    @Test
    void garbageOnTheTopicIsADeadLetterAndTheRestGoesOn() throws ExecutionException, InterruptedException {
        // Given
        try (var producer = broker.producer()) {
            producer.send(new ProducerRecord<>(Topics.AUDIO_READY, "garbage", "{not json".getBytes(UTF_8)))
                    .get();
        }
        AudioReady track = track("f", 6, Optional.empty(), "mp3");

        // When
        publish(track, "event-6");

        // Then
        assertThat(deadLetter("garbage").failure().reason()).contains("not a CloudEvent");
        assertThat(stemsReady(track.trackId()).stems())
                .allMatch(stem -> stem.object().endsWith(".mp3"));
    }

    private AudioReady track(String name, long seed, Optional<String> modelId, String encoding) {
        Path file = folder.resolve(name + ".wav");
        var format = new AudioFormat(8000, 1);
        AudioFiles.write(file, new AudioBuffer(format, new float[][] {samples(seed)}), Encoding.WAV_FLOAT);
        String trackId = "%064x".formatted(seed);
        String object = "tracks/%s/source.wav".formatted(trackId);
        store.put(object, file);
        return new AudioReady(
                trackId,
                object,
                name,
                new AudioReady.Audio("wav", 8000, 1, 8000),
                AudioReady.Tags.NONE,
                List.of(),
                new AudioReady.Wish(modelId, encoding),
                Optional.empty());
    }

    /** The highest of all peaks, in 127ths of full scale. */
    private int highestPeak(String object) throws IOException {
        try (InputStream stored = store.get(object)) {
            return PeakFile.open(stored).part(0, 8000, 1)[1];
        }
    }

    private static int highest(float[] samples) {
        float highest = 0;
        for (float sample : samples) {
            highest = Math.max(highest, sample);
        }
        return Math.round(127 * highest);
    }

    private static float[] samples(long seed) {
        var random = new Random(seed);
        var samples = new float[8000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * random.nextGaussian());
        }
        return samples;
    }

    private float[] sumOf(StemsReady ready) {
        var sum = new float[8000];
        for (StemsReady.Stem stem : ready.stems()) {
            try (ObjectStore.LocalObject file = store.fetch(stem.object())) {
                float[] samples = AudioFiles.readAll(file.path()).channel(0);
                assertThat(samples).hasSize(8000);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += samples[i];
                }
            }
        }
        return sum;
    }

    private void publish(AudioReady track, String eventId) {
        publisher.publish(new OutgoingEvent(track, eventId)).join();
    }

    private StemsReady stemsReady(String trackId) {
        ConsumerRecord<String, byte[]> record = Topic.await(
                broker,
                Topics.STEMS_READY,
                PATIENCE,
                candidate -> candidate.key().equals(trackId));
        return EventReader.read(record, StemsReady.class).event();
    }

    private DeadLetter deadLetter(String key) {
        return DeadLetter.parse(Topic.await(
                broker,
                Topics.deadLettersOf(Topics.AUDIO_READY),
                PATIENCE,
                record -> record.key().equals(key)));
    }

    private int count(String sql, Object argument) {
        return database.withHandle(
                handle -> handle.select(sql, argument).mapTo(Integer.class).one());
    }
}
