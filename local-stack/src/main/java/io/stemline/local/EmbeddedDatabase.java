package io.stemline.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of its own, without installation, reachable from this machine only, which keeps what it holds.
 *
 * <p>Layout of its directory: {@code cluster/} is PostgreSQL's, {@code initialised} says that it is complete,
 * {@code postgresql.log} is the server's log, {@code lock} is held by the JVM that the server belongs to.
 *
 * <p>Starting, and what happens when a step fails:
 * <ol>
 *   <li>Lock the directory. Another JVM has it: a sentence says so, nothing is touched.
 *   <li>Stop a server that a killed JVM left behind: it belongs to nobody, as the lock was free.
 *   <li>Create the cluster. One that was cut off while being created holds nothing and is made anew.
 *   <li>Start the server. It does not start: the end of its log is in the exception.
 *   <li>Tie it to this JVM: a small shell holds a pipe from here and stops the server when the pipe ends, so no server is
 *       left behind by {@code kill -9} either.
 *   <li>Create the database if it is missing.
 * </ol>
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    static final String USER = "postgres";
    private static final String DATABASE = "stemline";
    private static final long LOG_LIMIT_BYTES = 10_000_000;
    private static final int LOG_LINES_IN_MESSAGE = 5;
    private static final int ENDED_BY_ITSELF = 1;

    /** Signals would end the guard together with its JVM when both get Ctrl-C from a terminal; the pipe is what counts. */
    private static final String GUARD = """
            trap '' INT HUP TERM
            cat >/dev/null
            test -s "$1" && kill -INT "$(head -n 1 "$1")"
            """;

    private final EmbeddedPostgres postgres;
    private final ProcessHandle server;
    private final Process guard;
    private final FileChannel lock;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(
            EmbeddedPostgres postgres, ProcessHandle server, Process guard, FileChannel lock, int port) {
        this.postgres = postgres;
        this.server = server;
        this.guard = guard;
        this.lock = lock;
        this.port = port;
    }

    /**
     * What can differ between one server and another.
     *
     * @param port the port that clients use, 0 for any that is free
     * @param maxConnections how many clients may be connected at the same time
     */
    public record Settings(int port, int maxConnections) {

        public Settings {
            if (port < 0 || port > 0xFFFF) {
                throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
            }
            if (maxConnections < 1) {
                throw new IllegalArgumentException("max connections " + maxConnections + " is less than 1");
            }
        }

        /** Any free port, a hundred connections. */
        public static Settings defaults() {
            return new Settings(0, 100);
        }

        /** The same on a given port. */
        public Settings withPort(int newPort) {
            return new Settings(newPort, maxConnections);
        }
    }

    /**
     * Runs a server until it is told to stop (SIGTERM, or the end of its parent if started with a {@link Lifeline}). Prints
     * {@code ready <JDBC URL>} once clients may connect. A server that ends by itself, killed or crashed, ends this process,
     * too, so that whoever looks after it starts both again.
     *
     * @param arguments directory, port (0 for any)
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: EmbeddedDatabase DIRECTORY PORT");
            System.exit(2);
        }
        var settings = Settings.defaults().withPort(Integer.parseInt(arguments[1]));
        var database = start(Path.of(arguments[0]), settings);
        System.out.println("ready " + database.jdbcUrl());
        database.server.onExit().join();
        System.err.println("PostgreSQL on port " + database.port + " has ended by itself");
        // While this JVM is being shut down, this only waits.
        System.exit(ENDED_BY_ITSELF);
    }

    /**
     * Starts a server and returns once the database {@code stemline} takes connections. It is stopped by {@link #close} or
     * with this JVM.
     *
     * @param directory where the server keeps everything; created when missing
     */
    public static EmbeddedDatabase start(Path directory, Settings settings) {
        long started = System.nanoTime();
        int port = FreePort.choose(settings.port());
        FileChannel lock = null;
        try {
            Files.createDirectories(directory);
            lock = lock(directory.resolve("lock"));
            stopLeftOver(directory);
            removeUnfinished(directory);
            var postgres = startServer(directory, settings, port);
            Files.writeString(directory.resolve("initialised"), "", StandardOpenOption.CREATE);
            var server = postmaster(pidFile(directory)).orElseThrow(() -> new IOException("it has ended already"));
            var database = new EmbeddedDatabase(postgres, server, guard(directory), lock, port);
            database.createDatabaseIfMissing();
            Runtime.getRuntime().addShutdownHook(new Thread(database::close, "embedded-database-stop"));
            LOGGER.atInfo()
                    .addKeyValue("port", port)
                    .addKeyValue("seconds", (System.nanoTime() - started) / 1e9)
                    .log("PostgreSQL is up");
            return database;
        } catch (IOException e) {
            release(lock);
            throw new LocalStackException("PostgreSQL does not start in " + directory + " (" + e.getMessage() + ")", e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** The database's address for JDBC. */
    public String jdbcUrl() {
        return jdbcUrl(port);
    }

    static String jdbcUrl(int port) {
        return url(port, DATABASE);
    }

    /** Whom to connect as. */
    public String user() {
        return USER;
    }

    /** Accepted with {@link #user}: the server trusts whoever reaches it, and only this machine does. */
    public String password() {
        return USER;
    }

    /** The port that clients use. */
    public int port() {
        return port;
    }

    /** Stops the server; clients are disconnected, what they committed stays. Does nothing the second time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL on port " + port + " does not stop", e);
        } finally {
            guard.destroyForcibly();
            release(lock);
        }
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://" + FreePort.HOST + ":" + port + "/" + database;
    }

    private void createDatabaseIfMissing() {
        try (var connection = DriverManager.getConnection(url(port, "postgres"), USER, USER);
                var statement = connection.createStatement()) {
            boolean missing;
            try (var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                missing = !found.next();
            }
            if (missing) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            close();
            throw new LocalStackException(
                    "the database " + DATABASE + " cannot be created (" + e.getMessage() + ")", e);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Optional<FileLock> held;
        try {
            held = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            held = Optional.empty();
        }
        if (held.isEmpty()) {
            channel.close();
            throw new LocalStackException(file.getParent() + ": another process is using this database");
        }
        return channel;
    }

    private static void release(FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOGGER.atWarn().setCause(e).log("the lock of the database's directory was not released");
            }
        }
    }

    private static EmbeddedPostgres startServer(Path directory, Settings settings, int port) throws IOException {
        Path log = directory.resolve("postgresql.log");
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.delete(log);
        }
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("cluster"))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setOverrideWorkingDirectory(binaries().toFile())
                    .setPGStartupWait(START_LIMIT)
                    .setPort(port)
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setServerConfig("listen_addresses", FreePort.HOST)
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", Integer.toString(settings.maxConnections()))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException | IllegalStateException e) {
            throw new LocalStackException(
                    "PostgreSQL does not start in " + directory + " on port " + port + ": " + lastLines(log), e);
        }
    }

    /** The unpacked server is shared by all databases of a user. */
    private static Path binaries() throws IOException {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "stemline", "postgresql");
        return Files.createDirectories(cache);
    }

    private static String lastLines(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "it wrote no log";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_MESSAGE), lines.size()));
    }

    private static Process guard(Path directory) throws IOException {
        return new ProcessBuilder("sh", "-c", GUARD, "guard", pidFile(directory).toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("cluster").resolve("postmaster.pid").toAbsolutePath();
    }

    private static void stopLeftOver(Path directory) throws IOException {
        var leftOver = postmaster(pidFile(directory));
        if (leftOver.isEmpty()) {
            return;
        }
        var process = leftOver.get();
        LOGGER.atWarn().addKeyValue("pid", process.pid()).log("Stopping a PostgreSQL server that was left behind");
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        try {
            process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a server that was left behind stops", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException("a server that was left behind does not stop", e);
        }
    }

    /** The running server that a pid file names; empty when it is stale and the number is gone or another program's. */
    private static Optional<ProcessHandle> postmaster(Path pidFile) throws IOException {
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .map(Long::parseLong)
                    .flatMap(ProcessHandle::of)
                    .filter(process -> process.info().command().orElse("").endsWith("postgres"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void removeUnfinished(Path directory) throws IOException {
        if (!Files.exists(directory.resolve("initialised"))) {
            FileUtils.deleteDirectory(directory.resolve("cluster").toFile());
        }
    }
}
