package io.stemline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.cli.catalogue.Batch;
import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.Catalogue.Wish;
import io.stemline.cli.catalogue.Item;
import io.stemline.events.Topics;
import io.stemline.local.LocalStack;
import io.stemline.local.StackListener;
import io.stemline.local.StackSettings;
import io.stemline.local.StackSettings.Purpose;
import io.stemline.local.StackState.StackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the whole is built for: nothing lost and nothing doubled, whatever is killed. */
final class KilledSeparatorTest {
    private static final Path PROJECT = Path.of(System.getProperty("stemline.project-root"));
    private static final int TRACKS = 40;
    private static final int TRACK_SECONDS = 40;

    /** The separator is killed when so many tracks are done. */
    private static final List<Integer> KILLS_AT = List.of(3, 9, 16, 24, 32);

    @TempDir
    private Path folder;

    @Test
    void fortyTracksWithFiveKillsOnTheWayGiveFortyResults() throws IOException {
        // Given
        assumeTrue(
                Files.exists(PROJECT.resolve("separator-service/target/quarkus-app/quarkus-run.jar")),
                "NOT TESTED WITH KILLS: the services are not built; 'mvn verify' builds them");
        Path music = Files.createDirectory(folder.resolve("music"));
        for (int i = 0; i < TRACKS; i++) {
            AudioFiles.write(music.resolve("track-%02d.wav".formatted(i)), noise(i), Encoding.WAV_16);
        }
        var settings = new StackSettings(PROJECT, folder.resolve("data"), Purpose.RUN, "null");

        try (LocalStack stack = LocalStack.start(settings, StackListener.NONE);
                var catalogue = new Catalogue(stack.state().catalogue())) {
            Batch batch = catalogue.submit(List.of(music), "kills", new Wish(Optional.empty(), "wav-16"));

            // When
            var kills = new ArrayList<>(KILLS_AT);
            var finished = new ArrayList<Batch>();
            var failures = new ArrayList<String>();
            catalogue.follow(batch.batchId(), progress -> {
                if (!kills.isEmpty()
                        && progress.batch().done() >= kills.getFirst()
                        && kill(stack, "separator-service")) {
                    kills.removeFirst();
                }
                finished.add(progress.batch());
                progress.changed().stream()
                        .filter(item -> item.state() == Item.State.FAILED)
                        .forEach(item -> failures.add(item.name() + ": " + item.reason()));
                return true;
            });

            // Then
            assertThat(kills).as("kills that did not come in time").isEmpty();
            assertThat(failures).isEmpty();
            assertThat(catalogue.deadLetters(10)).isEmpty();
            assertThat(finished.getLast().states()).isEqualTo(Map.of("DONE", TRACKS));
            assertThat(separationsIn(folder.resolve("data/store"))).hasSize(TRACKS);
            List<ConsumerRecord<String, byte[]>> announced = recordsOf(stack, Topics.STEMS_READY);
            assertThat(eventIds(announced)).hasSize(TRACKS);
            assertThat(announced.stream().map(ConsumerRecord::key).collect(Collectors.toSet()))
                    .hasSize(TRACKS);
        }
    }

    /** Whether it was running and is killed now. */
    private static boolean kill(LocalStack stack, String name) {
        return stack.state().processes().stream()
                .filter(process -> process.name().equals(name))
                .filter(process -> process.condition() == StackProcess.Condition.UP)
                .flatMap(process -> ProcessHandle.of(process.pid()).stream())
                .anyMatch(ProcessHandle::destroyForcibly);
    }

    /** Ids of separations that have a manifest, all of its stems and their peaks, and nothing else, in the object store. */
    private static TreeSet<String> separationsIn(Path store) throws IOException {
        var whole = new TreeSet<String>();
        try (Stream<Path> separations = Files.list(store.resolve("separations"))) {
            for (Path separation : separations.toList()) {
                try (Stream<Path> files = Files.list(separation)) {
                    List<String> names = files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.startsWith("."))
                            .sorted()
                            .toList();
                    assertThat(names)
                            .containsExactly(
                                    "bass.wav", "drums.wav", "manifest.json", "other.wav", "peaks", "vocals.wav");
                }
                whole.add(separation.getFileName().toString());
            }
        }
        return whole;
    }

    private static HashSet<String> eventIds(List<ConsumerRecord<String, byte[]>> records) {
        var ids = new HashSet<String>();
        records.forEach(record ->
                ids.add(new String(record.headers().lastHeader("ce_id").value(), UTF_8)));
        return ids;
    }

    private static List<ConsumerRecord<String, byte[]>> recordsOf(LocalStack stack, String topic) {
        int port = stack.state().process("kafka").orElseThrow().port();
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + port),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static AudioBuffer noise(long seed) {
        var format = new AudioFormat(44_100, 2);
        var random = new Random(seed);
        var samples = new float[format.channels()][TRACK_SECONDS * format.sampleRateHz()];
        for (float[] channel : samples) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = random.nextFloat() - 0.5f;
            }
        }
        return new AudioBuffer(format, samples);
    }
}
