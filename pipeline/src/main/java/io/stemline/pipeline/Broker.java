package io.stemline.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param clientProperties whatever else a client needs here, such as security; given to every client
 */
public record Broker(String bootstrapServers, Map<String, String> clientProperties) {

    private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(30);

    public Broker {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("no bootstrap servers are given");
        }
        clientProperties = Map.copyOf(clientProperties);
    }

    /** A broker that needs no further properties. */
    public static Broker at(String bootstrapServers) {
        return new Broker(bootstrapServers, Map.of());
    }

    /** The properties that every client needs, for the caller to add to. */
    public Map<String, Object> properties() {
        var properties = new HashMap<String, Object>(clientProperties);
        properties.put("bootstrap.servers", bootstrapServers);
        return properties;
    }

    /** A client for topics and groups; the caller closes it. */
    public Admin admin() {
        return Admin.create(properties());
    }

    /**
     * A producer whose records are on every in-sync replica once acknowledged, in order and without doubles within its life. It
     * gives up on a record after 30 seconds. The caller closes it.
     */
    public KafkaProducer<String, byte[]> producer() {
        var properties = properties();
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("delivery.timeout.ms", Long.toString(DELIVERY_LIMIT.toMillis()));
        properties.put("request.timeout.ms", "10000");
        properties.put("max.block.ms", Long.toString(DELIVERY_LIMIT.toMillis()));
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", "0");
        properties.put("max.request.size", "2097152");
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Asks the broker whether it is there, for at most {@code patience}. */
    public HealthFact answers(Duration patience) throws InterruptedException {
        int millis = Math.toIntExact(patience.toMillis());
        try (var admin = admin()) {
            var nodes = admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis))
                    .nodes()
                    .get();
            return new HealthFact("broker", true, nodes.size() + " Kafka nodes answer at " + bootstrapServers);
        } catch (ExecutionException e) {
            return new HealthFact(
                    "broker",
                    false,
                    "Kafka does not answer at " + bootstrapServers + ": "
                            + e.getCause().getMessage());
        }
    }
}
