package io.stemline.pipeline;

import io.stemline.local.EmbeddedDatabase;
import io.stemline.local.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A real broker and a real database with the tables, one of each for all tests of this JVM, stopped with it. */
public final class Platform {

    private Platform() {}

    private static final class Kafka {
        static final EmbeddedKafka BROKER = start();

        static EmbeddedKafka start() {
            var kafka = EmbeddedKafka.start(temporaryDirectory("kafka"), EmbeddedKafka.Settings.defaults());
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
            return kafka;
        }
    }

    private static final class Database {
        static final DataSource SOURCE = start();

        static DataSource start() {
            var database = EmbeddedDatabase.start(temporaryDirectory("database"), EmbeddedDatabase.Settings.defaults());
            DataSource source = source(database);
            Flyway.configure().dataSource(source).load().migrate();
            return source;
        }
    }

    /** The shared broker. */
    public static Broker broker() {
        return Broker.at(Kafka.BROKER.bootstrapServers());
    }

    /** The shared database. */
    public static DataSource database() {
        return Database.SOURCE;
    }

    /** Connections to any database. */
    public static DataSource source(EmbeddedDatabase database) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }

    /** A name that no other test uses. */
    public static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Creates topics where they are missing. */
    public static void createTopics(Broker broker, String... topics) throws InterruptedException {
        try (var admin = broker.admin()) {
            TopicPlan.defaults().create(admin, List.of(topics));
        }
    }

    /** Publishes records whose key and value are the same text. */
    public static void publish(Broker broker, String topic, List<String> texts) throws Exception {
        createTopics(broker, topic);
        try (KafkaProducer<String, byte[]> producer = broker.producer()) {
            var sent = new ArrayList<java.util.concurrent.Future<?>>();
            for (String text : texts) {
                sent.add(producer.send(new ProducerRecord<>(topic, text, text.getBytes())));
            }
            for (var one : sent) {
                one.get();
            }
        }
    }

    /** Everything that is on a topic now and fulfils a condition. */
    public static List<ConsumerRecord<String, byte[]>> read(
            Broker broker, String topic, Predicate<ConsumerRecord<String, byte[]>> condition) {
        Map<String, Object> properties = new HashMap<>(broker.properties());
        properties.put("isolation.level", "read_uncommitted");
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (condition.test(record)) {
                        records.add(record);
                    }
                }
            }
            return records;
        }
    }

    private static Path temporaryDirectory(String name) {
        try {
            return Files.createTempDirectory("stemline-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
