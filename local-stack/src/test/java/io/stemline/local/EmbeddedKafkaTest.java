package io.stemline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedKafkaTest {

    @TempDir
    private Path directory;

    @Test
    void recordsSurviveARestartAndReachAShareGroup() throws Exception {
        // Given
        try (var kafka = EmbeddedKafka.start(directory, EmbeddedKafka.Settings.defaults());
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("songs", 2, (short) 1)))
                    .all()
                    .get();
            readFromTheStart(admin, "workers");
            send(kafka, "songs", List.of("first", "second", "third"));
        }

        // When
        List<String> received;
        try (var kafka = EmbeddedKafka.start(directory, EmbeddedKafka.Settings.defaults())) {
            received = receive(kafka, "songs", "workers", 3);
        }

        // Then
        assertThat(received).containsExactlyInAnyOrder("first", "second", "third");
    }

    @Test
    void aBrokerInAJvmOfItsOwnStopsWhenAsked() throws Exception {
        // Given
        Process child = ChildJvm.start(List.of(), EmbeddedKafka.class, directory.toString(), "0");
        String bootstrapServers = ChildJvm.awaitLine(child.inputReader(), "ready");
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }

        // When
        child.destroy();

        // Then
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBrokerThatGivesUpEndsTheJvmThatIsItsOwn() throws Exception {
        // Given
        Process child = ChildJvm.start(List.of(), GivingUp.class, directory.toString(), "0");

        // When
        ChildJvm.awaitLine(child.inputReader(), "ready");
        child.getOutputStream().close();

        // Then
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(3);
    }

    /** Does, when its input ends, what Kafka does when all of its log directories have failed. */
    static final class GivingUp {

        private GivingUp() {}

        public static void main(String[] arguments) throws Exception {
            Thread.ofPlatform().daemon().start(GivingUp::giveUpAtTheEndOfInput);
            EmbeddedKafka.main(arguments);
        }

        private static void giveUpAtTheEndOfInput() {
            try {
                while (System.in.read() >= 0) {
                    continue;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Exit.halt(3, "all log directories have failed");
        }
    }

    @Test
    void aSecondBrokerOnTheSameDirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
        // Given
        try (var kafka = EmbeddedKafka.start(directory, EmbeddedKafka.Settings.defaults());
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {

            // When
            assertThatThrownBy(() -> EmbeddedKafka.start(directory, EmbeddedKafka.Settings.defaults()))

                    // Then
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining(directory.toString());
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }

    private static void readFromTheStart(Admin admin, String group) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        var earliest =
                new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(earliest))).all().get();
    }

    private static void send(EmbeddedKafka kafka, String topic, List<String> values) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value, value)).get();
            }
        }
    }

    private static List<String> receive(EmbeddedKafka kafka, String topic, String group, int count) {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", group);
        var received = new ArrayList<String>();
        try (var consumer = new KafkaShareConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (received.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> received.add(record.value()));
            }
        }
        return received;
    }
}
