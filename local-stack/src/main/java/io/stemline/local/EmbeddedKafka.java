package io.stemline.local;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker in this JVM: one node that is broker and controller, share groups on, reachable from this machine only.
 *
 * <p>What it holds stays in its directory: a broker started on the same directory again, on whatever port, goes on where the
 * last one stopped, also when that one was killed. A second broker on a directory in use does not start.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final String CLUSTER_ID = "c3RlbWxpbmUtY2x1c3Rlcg";
    private static final int NODE_ID = 1;
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * What can differ between one broker and another.
     *
     * @param port the port that clients use, 0 for any that is free
     * @param deliveryLimit how often a share group delivers a record at most, 2 to 10, unless the group says otherwise
     * @param recordLock how long a worker of a share group owns a record without renewing, unless the group says otherwise
     */
    public record Settings(int port, int deliveryLimit, Duration recordLock) {

        private static final int MAX_DELIVERY_LIMIT = 10;

        public Settings {
            if (port < 0 || port > 0xFFFF) {
                throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
            }
            if (deliveryLimit < 2 || deliveryLimit > MAX_DELIVERY_LIMIT) {
                throw new IllegalArgumentException("delivery limit " + deliveryLimit + " is not between 2 and 10");
            }
        }

        /** Any free port, ten deliveries, half a minute's lock. */
        public static Settings defaults() {
            return new Settings(0, MAX_DELIVERY_LIMIT, Duration.ofSeconds(30));
        }

        /** The same on a given port. */
        public Settings withPort(int newPort) {
            return new Settings(newPort, deliveryLimit, recordLock);
        }
    }

    /**
     * Runs a broker until it is told to stop (SIGTERM, or the end of its parent if started with a {@link Lifeline}). Prints
     * {@code ready <host>:<port>} once clients may connect. A broker that gives up, as when its disk fails, ends this process at
     * once, so that whoever looks after it starts it again.
     *
     * @param arguments directory, port (0 for any)
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: EmbeddedKafka DIRECTORY PORT");
            System.exit(2);
        }
        var settings = Settings.defaults().withPort(Integer.parseInt(arguments[1]));
        var kafka = start(Path.of(arguments[0]), settings, EmbeddedKafka::endThisProcess);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "embedded-kafka-stop"));
        System.out.println("ready " + kafka.bootstrapServers());
        new CountDownLatch(1).await();
    }

    /**
     * Starts a broker and returns once it takes requests.
     *
     * @param directory where the broker keeps everything; created when missing
     */
    public static EmbeddedKafka start(Path directory, Settings settings) {
        return start(directory, settings, EmbeddedKafka::endNothing);
    }

    private static EmbeddedKafka start(Path directory, Settings settings, Exit.Procedure givingUp) {
        Exit.setExitProcedure(givingUp);
        Exit.setHaltProcedure(givingUp);
        int port = FreePort.choose(settings.port());
        var properties = properties(directory, settings, port, FreePort.choose(0));
        long started = System.nanoTime();
        KafkaRaftServer server = null;
        try {
            format(directory);
            server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
            server.startup();
        } catch (Exception e) {
            if (server != null) {
                server.shutdown();
            }
            throw new LocalStackException(
                    "Kafka does not start in " + directory + " on port " + port + " (" + e.getMessage() + ")", e);
        }
        LOGGER.atInfo()
                .addKeyValue("port", port)
                .addKeyValue("seconds", (System.nanoTime() - started) / 1e9)
                .log("Kafka is up");
        return new EmbeddedKafka(server, port);
    }

    /** {@code 127.0.0.1:<port>}, what clients call {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return FreePort.HOST + ":" + port;
    }

    /** The port that clients use. */
    public int port() {
        return port;
    }

    /** Stops the broker in order. Does nothing the second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    /** Kafka ends the JVM when something is badly wrong; in a JVM that is not its own it must throw instead. */
    private static void endNothing(int status, String message) {
        throw new LocalStackException("Kafka gave up with status " + status + " (" + message + ")");
    }

    /** Not in order: shutting a broker down that has given up may never end. */
    private static void endThisProcess(int status, String message) {
        LOGGER.atError().addKeyValue("status", status).log("Kafka gave up: {}", message);
        Runtime.getRuntime().halt(Math.max(1, status));
    }

    private static void format(Path directory) throws Exception {
        var formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(CLUSTER_ID)
                .setNodeId(NODE_ID)
                .setControllerListenerName(CONTROLLER)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setHasDynamicQuorum(false)
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .setIgnoreFormatted(true);
        formatter.run();
    }

    private static Map<String, String> properties(Path directory, Settings settings, int port, int controllerPort) {
        var p = new LinkedHashMap<String, String>();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE_ID));
        p.put("controller.quorum.voters", NODE_ID + "@" + FreePort.HOST + ":" + controllerPort);
        p.put("controller.listener.names", CONTROLLER);
        p.put("listeners", listener("PLAINTEXT", port) + "," + listener(CONTROLLER, controllerPort));
        p.put("advertised.listeners", listener("PLAINTEXT", port));
        p.put("log.dirs", directory.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        singleNode(p);
        shareGroups(p, settings);
        return p;
    }

    private static void singleNode(Map<String, String> p) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
    }

    private static void shareGroups(Map<String, String> p, Settings settings) {
        p.put("group.share.delivery.count.limit", Integer.toString(settings.deliveryLimit()));
        p.put(
                "group.share.record.lock.duration.ms",
                Long.toString(settings.recordLock().toMillis()));
        p.put("group.share.min.record.lock.duration.ms", "1000");
        p.put("group.share.min.heartbeat.interval.ms", "500");
        p.put("group.share.heartbeat.interval.ms", "1000");
        p.put("group.share.assignment.interval.ms", "0");
    }

    private static String listener(String name, int port) {
        return name + "://" + FreePort.HOST + ":" + port;
    }
}
