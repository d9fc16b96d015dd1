package io.stemline.separator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.events.AudioReady;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.Models;
import io.stemline.registry.Promotion.DecidedBy;
import io.stemline.registry.Promotions;
import io.stemline.registry.RegisteredModel;
import io.stemline.registry.Slots;
import io.stemline.registry.StoredPackages;
import io.stemline.separation.model.ModelPackage;
import io.stemline.service.MetricNames;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hamcrest.Matchers;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every test promotes a model of its own, so none depends on which was active before it. */
@QuarkusTest
@WithTestResource(Backends.class)
@TestProfile(ChangeOverTest.OneInstalledModel.class)
class ChangeOverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int LENGTH_FRAMES = 44_100;

    public static final class OneInstalledModel implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory("stemline-models");
                TestPackages.create(folder.resolve("installed"), "installed");
                return Map.of(
                        "stemline.models.folders", folder.resolve("installed").toString(),
                        "stemline.models.cache", folder.resolve("cache").toString(),
                        "stemline.models.active", "installed",
                        "stemline.models.unload-after", "500ms",
                        "stemline.separator.batch-size", "1",
                        "stemline.separator.tracks-in-flight", "2");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    SeparatorConfig config;

    @Inject
    LoadedModels models;

    @Inject
    ModelPackages packages;

    @Inject
    Broker broker;

    @Inject
    ObjectStore store;

    @Inject
    EventPublisher publisher;

    @Inject
    Outbox outbox;

    @Inject
    Jdbi database;

    @Inject
    MeterRegistry metrics;

    @TempDir
    Path folder;

    private final String run = UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void aModelOfThisTestIsActive() throws SQLException {
        promote("before-" + run);
        awaitActive("before-" + run);
    }

    @Test
    void theInstalledModelIsRegisteredWithItsPackageInTheStore() {
        // Given, When
        Optional<RegisteredModel> installed = database.withHandle(handle -> Models.find(handle, "installed"));

        // Then
        assertThat(installed).get().extracting(RegisteredModel::state).isEqualTo(RegisteredModel.State.INSTALLED);
        assertThat(store.list("models/installed/"))
                .contains(
                        "models/installed/model.json",
                        "models/installed/MODEL_CARD.md",
                        "models/installed/saved-model/saved_model.pb",
                        "models/installed/saved-model/variables/variables.index");
    }

    @Test
    void tracksThatBeginAfterThePromotionUseTheNewModelAndTheOldOneLeavesWithItsLastTrack() throws SQLException {
        // Given
        String before = separate(track(1));
        try (LoadedModels.Use underWay = models.use(Optional.empty())) {

            // When
            promote("after-" + run);
            awaitActive("after-" + run);
            String after = separate(track(2));

            // Then
            assertThat(List.of(before, underWay.modelId(), after))
                    .containsExactly("before-" + run, "before-" + run, "after-" + run);
            assertThat(models.isLoaded("before-" + run)).isTrue();
        }
        assertThat(models.isLoaded("before-" + run)).isFalse();
        assertThat(models.isLoaded("after-" + run)).isTrue();
    }

    @Test
    void noTrackIsLostOrSeparatedTwiceWhileTheModelChanges() throws SQLException {
        // Given
        List<AudioReady> tracks = IntStream.range(10, 26).mapToObj(this::track).toList();
        tracks.subList(0, 8).forEach(this::publish);
        await().atMost(PATIENCE).until(() -> separations() >= 2);

        // When
        promote("after-" + run);
        tracks.subList(8, 16).forEach(this::publish);

        // Then
        await().atMost(PATIENCE).until(() -> separations() == 16);
        awaitActive("after-" + run);
        assertThat(separate(track(26))).isEqualTo("after-" + run);
        List<String> models = modelsOf(tracks);
        assertThat(models).hasSize(16).containsOnly("before-" + run, "after-" + run);
        assertThat(models.getFirst()).isEqualTo("before-" + run);
    }

    @Test
    void anEventThatComesAgainAfterTheChangeSeparatesNothingTwice() throws SQLException {
        // Given
        AudioReady track = track(30);
        assertThat(separate(track)).isEqualTo("before-" + run);
        promote("after-" + run);
        awaitActive("after-" + run);
        long jobs = jobs();

        // When
        publish(track);

        // Then
        await().atMost(PATIENCE).until(() -> jobs() == jobs + 1);
        assertThat(modelsOf(List.of(track))).containsExactly("before-" + run);
    }

    @Test
    void aBrokenPackageChangesNothingAndIsNamedUntilAGoodOneComes() throws SQLException {
        // Given
        RegisteredModel broken = candidate("broken-" + run);
        store.put(broken.packagePrefix() + "saved-model/saved_model.pb", new ByteArrayInputStream(new byte[] {1, 2}));

        // When
        promoteRegistered("broken-" + run);

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> RestAssured.get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body(
                                "checks.find { it.name == 'models' }.data.models",
                                Matchers.allOf(
                                        Matchers.startsWith(
                                                "model broken-" + run + " was promoted and cannot be used ("),
                                        Matchers.endsWith("before-" + run + " stays active"))));
        assertThat(separate(track(40))).isEqualTo("before-" + run);
        promote("good-" + run);
        awaitActive("good-" + run);
        RestAssured.get("/q/health/ready")
                .then()
                .body(
                        "checks.find { it.name == 'models' }.data.models",
                        Matchers.equalTo("good-" + run + " is active"));
    }

    @Test
    void aSeparatorThatStartsLaterHasTheActiveModelBeforeItsFirstTrack() throws InterruptedException {
        // Given
        var laterModels = new LoadedModels(config, packages);
        var later = new ChangeOver(config, broker, database, packages, laterModels);

        // When
        later.prepare();

        // Then
        assertThat(laterModels.active()).isEqualTo("before-" + run);
        assertThat(laterModels.isLoaded("before-" + run)).isTrue();
        assertThat(laterModels.isLoaded("installed")).isFalse();
        later.stop(null);
        laterModels.stop(null);
    }

    @Test
    void aCandidateThatATrackAskedForLeavesWhenNobodyUsesItForAWhile() {
        // Given
        candidate("candidate-" + run);
        AudioReady asking = track(50, Optional.of("candidate-" + run));

        // When
        String used = separate(asking);

        // Then
        assertThat(used).isEqualTo("candidate-" + run);
        await().atMost(PATIENCE).until(() -> {
            models.unloadUnused();
            return !models.isLoaded("candidate-" + run);
        });
        assertThat(models.isLoaded("before-" + run)).isTrue();
    }

    @Test
    void aTrackThatLetsOthersGoFirstIsSeparatedWhenThereAreNone() {
        // Given
        AudioReady track = track(60);

        // When
        publisher
                .publish(new OutgoingEvent(track, "later-" + track.trackId(), Topics.AUDIO_READY_LATER))
                .join();

        // Then
        await().atMost(PATIENCE).until(() -> !modelsOf(List.of(track)).isEmpty());
        assertThat(modelsOf(List.of(track))).containsExactly("before-" + run);
    }

    /** Puts a copy of the model under another id into the store and the registry. */
    private RegisteredModel candidate(String modelId) {
        ModelPackage model = TestPackages.create(folder, modelId);
        try {
            new StoredPackages(store).put(Models.packagePrefix(modelId), model.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return database.inTransaction(transaction -> {
            Models.registerInstalled(
                    transaction, modelId, model.card().weights().orElseThrow().sha256());
            return Models.require(transaction, modelId);
        });
    }

    private void promote(String modelId) throws SQLException {
        candidate(modelId);
        promoteRegistered(modelId);
    }

    private void promoteRegistered(String modelId) throws SQLException {
        database.useTransaction(transaction -> new Promotions(outbox)
                .promote(transaction, Slots.DEFAULT, modelId, Optional.empty(), DecidedBy.PERSON, "a test"));
    }

    private void awaitActive(String modelId) {
        await().atMost(PATIENCE).until(() -> models.active().equals(modelId));
    }

    /** Has a track separated, and tells by which model. */
    private String separate(AudioReady track) {
        publish(track);
        await().atMost(PATIENCE).until(() -> !modelsOf(List.of(track)).isEmpty());
        return modelsOf(List.of(track)).getFirst();
    }

    private void publish(AudioReady track) {
        publisher.publish(new OutgoingEvent(track, track.trackId())).join();
    }

    private List<String> modelsOf(List<AudioReady> tracks) {
        return database.withHandle(handle -> handle.createQuery(
                        "select model_id from separation where track_id in (<ids>) order by created_at")
                .bindList("ids", tracks.stream().map(AudioReady::trackId).toList())
                .mapTo(String.class)
                .list());
    }

    private int separations() {
        return database.withHandle(
                handle -> handle.select("select count(*) from separation where track_id like ?", trackPrefix() + "%")
                        .mapTo(Integer.class)
                        .one());
    }

    private long jobs() {
        return metrics.find(MetricNames.JOBS).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private AudioReady track(int number) {
        return track(number, Optional.empty());
    }

    private AudioReady track(int number, Optional<String> modelId) {
        Path file = folder.resolve(number + ".wav");
        var random = new Random(number);
        var samples = new float[2][LENGTH_FRAMES];
        for (float[] channel : samples) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = (float) (0.1 * random.nextGaussian());
            }
        }
        AudioFiles.write(file, new AudioBuffer(new AudioFormat(44_100, 2), samples), Encoding.WAV_16);
        String trackId = trackPrefix() + "%048x".formatted(number);
        String object = "tracks/%s/source.wav".formatted(trackId);
        store.put(object, file);
        return new AudioReady(
                trackId,
                object,
                "track " + number,
                new AudioReady.Audio("wav", 44_100, 2, LENGTH_FRAMES),
                AudioReady.Tags.NONE,
                List.of(),
                new AudioReady.Wish(modelId, "wav-16"),
                Optional.empty());
    }

    private String trackPrefix() {
        return run + "00000000";
    }
}
