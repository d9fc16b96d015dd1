package io.stemline.local;

import io.stemline.local.Launch.Readiness;
import io.stemline.local.StackSettings.Purpose;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole of Stemline on this machine: Kafka, PostgreSQL and the services, each a process of its own on a free port of
 * 127.0.0.1. It is what a container platform is elsewhere: it gives the services their settings and keeps them alive, and
 * nothing in them knows about it.
 *
 * <p>There is a separator for each device of the settings: a process keeps its GPU's memory to itself, and share groups give
 * each track to one of them. The first is called {@code separator-service}, the others have numbers. A stack that stays up has a
 * trainer, too.
 *
 * <p>Starting, and what happens when a step fails:
 * <ol>
 *   <li>Lock the data folder. Another stack has it: {@link StackInUseException}, nothing is touched.
 *   <li>Look for the services' jars. One is missing: a sentence says what to build.
 *   <li>Start Kafka and PostgreSQL side by side, and wait for both.
 *   <li>Start the services side by side, and wait for all.
 *   <li>Write {@code stack.json}, by which other programs find the stack ({@link StackState#find}); it is written anew
 *       whenever something changes.
 * </ol>
 * A process that does not come up ends the start: what runs is stopped, and the exception carries the end of its log. Later,
 * a process that ends by itself is started again. When this process ends, all others do: in order by {@link #close}, or by
 * themselves (see {@link Lifeline}) if it is killed.
 */
public final class LocalStack implements AutoCloseable {

    static final String INGEST = "ingest-service";

    private static final String SEPARATOR = "separator-service";
    private static final String POLICIES = "STEMLINE_POLICIES_";
    private static final int REFERENCES_TO_LEARN_FROM = 20;
    private static final String NO_DEVICE = "";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Logger LOGGER = LoggerFactory.getLogger(LocalStack.class);
    private static final int DELIVERY_LIMIT = 10;

    /** Compiles quickly and never optimises: for processes that wait more than they compute. */
    private static final List<String> LIGHT_COMPILER = List.of("-XX:TieredStopAtLevel=1");

    /**
     * Optimises only what runs really often. Starting a service calls much code a little often; optimising that costs half
     * of the time to start on two cores. The loops over samples are optimised all the same.
     */
    private static final List<String> LATE_COMPILER = List.of(
            "-XX:Tier4InvocationThreshold=40000",
            "-XX:Tier4MinInvocationThreshold=8000",
            "-XX:Tier4CompileThreshold=80000");

    private static final String SMALL_HEAPS = "-XX:+UseSerialGC";

    /** Frees large arrays as soon as nobody has them; the serial collector would fill the heap with them first. */
    private static final String LARGE_ARRAYS = "-XX:+UseG1GC";

    private static final List<Service> SERVICES = List.of(
            new Service(INGEST, "1g", SMALL_HEAPS, LIGHT_COMPILER),
            new Service(SEPARATOR, "1g", LARGE_ARRAYS, LATE_COMPILER),
            new Service("evaluator-service", "1g", LARGE_ARRAYS, LATE_COMPILER));

    /** Waits, and trains in processes of its own, whose heap its settings give. A stack for one batch does without. */
    private static final Service TRAINER = new Service("trainer-service", "256m", SMALL_HEAPS, LIGHT_COMPILER);

    private final StackSettings settings;
    private final StackListener listener;
    private final StackLock lock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final List<StackChild> servers = new CopyOnWriteArrayList<>();
    private final List<StackChild> services = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Path lifeline;
    private volatile boolean ready;

    private LocalStack(StackSettings settings, StackListener listener, StackLock lock) {
        this.settings = settings;
        this.listener = listener;
        this.lock = lock;
        this.lifeline = Lifeline.agentJar(settings.dataFolder());
    }

    /** A service, the limit of its heap in the JVM's notation, how that is collected, and how its JVM compiles. */
    private record Service(String name, String heap, String collector, List<String> compiler) {

        Path jar(Path home) {
            return home.resolve(Path.of(name, "target", "quarkus-app", "quarkus-run.jar"));
        }
    }

    /**
     * Starts a stack and returns once all of it takes requests. It is stopped by {@link #close} or with this JVM.
     *
     * @throws StackInUseException if the data folder belongs to a stack that runs already
     * @throws LocalStackException if something is not built or does not come up
     */
    public static LocalStack start(StackSettings settings, StackListener listener) {
        var stack = new LocalStack(settings, listener, StackLock.take(settings.dataFolder()));
        var hook = new Thread(stack::close, "local-stack-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            stack.startAll();
            return stack;
        } catch (RuntimeException | Error e) {
            stack.close();
            throw e;
        }
    }

    /** The stack as it is now. */
    public StackState state() {
        var self = ProcessHandle.current();
        var processes = new ArrayList<StackState.StackProcess>();
        servers.forEach(child -> processes.add(child.state()));
        services.forEach(child -> processes.add(child.state()));
        return new StackState(
                self.pid(), StackState.startOf(self), settings.purpose(), settings.activeModel(), ready, processes);
    }

    /** Returns when the stack has lost what it stands on: somebody has deleted its data folder. */
    public void awaitLossOfDataFolder() throws InterruptedException {
        while (StackLock.isIn(settings.dataFolder())) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** Stops the services, then what they stand on. What they were doing goes on after the next start. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        stopAll(services);
        stopAll(servers);
        http.shutdownNow();
        try (lock) {
            removeState();
        } catch (IOException e) {
            LOGGER.atWarn().setCause(e).log("The data folder was not tidied up");
        }
    }

    private void startAll() {
        requireBuilt();
        Path logs = createFolders();
        int kafkaPort = FreePort.choose(0);
        int databasePort = FreePort.choose(0);
        servers.add(child(embedded(EmbeddedKafka.class, "kafka", kafkaPort, logs)));
        servers.add(child(embedded(EmbeddedDatabase.class, "postgresql", databasePort, logs)));
        var environment = new LinkedHashMap<>(environment(kafkaPort, databasePort));
        environment.putAll(defaultPolicy());
        for (Service service : wanted()) {
            if (service.name().equals(SEPARATOR)) {
                addSeparators(service, environment, logs);
            } else {
                services.add(child(launch(service, service.name(), environment, NO_DEVICE, logs)));
            }
        }
        startSideBySide(servers);
        startSideBySide(services);
        ready = true;
        writeState();
    }

    private void addSeparators(Service service, Map<String, String> shared, Path logs) {
        var devices = settings.devices();
        for (int index = 0; index < devices.size(); index++) {
            var environment = new LinkedHashMap<>(shared);
            environment.put("STEMLINE_DEVICE", devices.get(index));
            String name = index == 0 ? SEPARATOR : SEPARATOR + "-" + (index + 1);
            services.add(child(launch(service, name, environment, devices.get(index), logs)));
        }
    }

    private List<Service> wanted() {
        return settings.purpose() == StackSettings.Purpose.RUN
                ? SERVICES
                : Stream.concat(SERVICES.stream(), Stream.of(TRAINER)).toList();
    }

    private void requireBuilt() {
        var missing = wanted().stream()
                .filter(service -> !Files.isRegularFile(service.jar(settings.home())))
                .map(Service::name)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new LocalStackException(
                    "not built: " + missing + "; run 'mvn package' in " + settings.home() + " and try again");
        }
    }

    private Path createFolders() {
        try {
            Files.createDirectories(settings.dataFolder().resolve("models"));
            return Files.createDirectories(settings.dataFolder().resolve("logs"));
        } catch (IOException e) {
            throw new LocalStackException(settings.dataFolder() + ": cannot be written to (" + e + ")", e);
        }
    }

    private StackChild child(Launch launch) {
        return new StackChild(launch, http, listener, this::writeState);
    }

    private Launch embedded(Class<?> main, String name, int port, Path logs) {
        var command = java("256m", SMALL_HEAPS);
        command.addAll(LIGHT_COMPILER);
        command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=info"));
        command.addAll(List.of("-Dorg.slf4j.simpleLogger.showDateTime=true"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(settings.dataFolder().resolve(name).toString(), Integer.toString(port)));
        return new Launch(name, port, command, Map.of(), logs.resolve(name + ".log"), Readiness.LINE, NO_DEVICE);
    }

    private Launch launch(Service service, String name, Map<String, String> shared, String device, Path logs) {
        int port = FreePort.choose(0);
        var command = java(service.heap(), service.collector());
        command.addAll(service.compiler());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        // JavaCPP would count TensorFlow's memory and FFmpeg's against the heap, and refuse when they are twice as
        // large.
        command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        command.addAll(List.of("-jar", service.jar(settings.home()).toString()));
        var environment = new LinkedHashMap<>(shared);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        return new Launch(name, port, command, environment, logs.resolve(name + ".log"), Readiness.HEALTH, device);
    }

    private List<String> java(String heap, String collector) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + lifeline);
        command.addAll(List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError", collector, "-XX:-UsePerfData"));
        return command;
    }

    private Map<String, String> environment(int kafkaPort, int databasePort) {
        return Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", FreePort.HOST),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", EmbeddedDatabase.jdbcUrl(databasePort)),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", EmbeddedDatabase.USER),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", EmbeddedDatabase.USER),
                Map.entry("STEMLINE_KAFKA_BOOTSTRAP_SERVERS", FreePort.HOST + ":" + kafkaPort),
                Map.entry(
                        "STEMLINE_STORE_FOLDER",
                        settings.dataFolder().resolve("store").toString()),
                Map.entry(
                        "STEMLINE_MODELS_FOLDERS",
                        settings.modelFolders().stream().map(Path::toString).collect(Collectors.joining(","))),
                Map.entry("STEMLINE_MODELS_ACTIVE", settings.activeModel()),
                Map.entry(
                        "STEMLINE_MODELS_CACHE",
                        settings.dataFolder().resolve("models-cache").toString()),
                Map.entry(
                        "STEMLINE_TRAINER_SCRATCH",
                        settings.dataFolder().resolve("training").toString()),
                Map.entry("STEMLINE_QUEUE_DELIVERY_LIMIT", Integer.toString(DELIVERY_LIMIT)),
                Map.entry("STEMLINE_QUEUE_GRACE", "5s"),
                Map.entry("STEMLINE_QUEUE_LOCK", "15s"));
    }

    /** A stack that stays learns from references by itself, unless whoever starts it says when to learn. */
    private Map<String, String> defaultPolicy() {
        boolean configured = System.getenv().keySet().stream().anyMatch(name -> name.startsWith(POLICIES));
        return settings.purpose() == Purpose.UP && !configured
                ? Map.of(
                        POLICIES + "REFERENCES_KIND",
                        "new-references",
                        POLICIES + "REFERENCES_TRACKS",
                        Integer.toString(REFERENCES_TO_LEARN_FROM))
                : Map.of();
    }

    private static void startSideBySide(List<StackChild> children) {
        try (var starters =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            List<Future<?>> starts = new ArrayList<>();
            children.forEach(child -> starts.add(starters.submit(child::start)));
            for (Future<?> start : starts) {
                await(start, starters::shutdownNow);
            }
        }
    }

    private static void await(Future<?> start, Runnable giveUp) {
        try {
            start.get();
        } catch (ExecutionException e) {
            giveUp.run();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new LocalStackException("a process does not start (" + e.getCause() + ")", e);
        } catch (InterruptedException e) {
            giveUp.run();
            Thread.currentThread().interrupt();
            throw new LocalStackException("interrupted while the stack starts", e);
        }
    }

    private static void stopAll(List<StackChild> children) {
        try (var stoppers =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            children.forEach(child -> stoppers.submit(child::stop));
        }
    }

    private synchronized void writeState() {
        if (closed.get()) {
            return;
        }
        try {
            state().write(settings.dataFolder());
        } catch (IOException e) {
            LOGGER.atWarn().setCause(e).log("Other programs do not see how the stack is");
        }
    }

    private synchronized void removeState() throws IOException {
        StackState.remove(settings.dataFolder());
    }
}
