package io.stemline.trainer.runs;

import io.stemline.training.process.TrainingMessage;
import io.stemline.training.process.TrainingProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A training process. It is tied to this one by its standard input: when that closes, it writes a checkpoint and ends, also if this
 * process was killed.
 */
final class TrainingChild implements AutoCloseable {
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final Duration TO_STOP = Duration.ofSeconds(20);
    private static final int LINES_OF_LOG = 12;
    private static final String LOG = "training.log";

    private final Process process;
    private final Path log;
    private final BlockingQueue<TrainingMessage> messages = new LinkedBlockingQueue<>();
    private final Thread reader;

    private TrainingChild(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.reader = Thread.ofPlatform().daemon().name("training-messages").start(this::read);
    }

    /**
     * Starts a process on an order.
     *
     * @param folder with the order
     * @param heap in the JVM's notation
     */
    static TrainingChild start(Path folder, String heap) throws IOException {
        Path log = folder.resolve(LOG);
        Process process = new ProcessBuilder(command(folder, heap))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new TrainingChild(process, log);
    }

    private static List<String> command(Path folder, String heap) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            // What people wait for goes first on a machine that does both.
            command.addAll(List.of(NICE.toString(), "-n", "10"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + heap, "-XX:+UseG1GC", "-XX:-UsePerfData"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        // JavaCPP would count TensorFlow's memory against the heap, and refuse when it is twice as large.
        command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        command.addAll(List.of("-cp", classPath(), TrainingProcess.class.getName(), folder.toString()));
        return command;
    }

    /** The libraries of the packaged service, or, where it is not packaged, the class path of this process. */
    private static String classPath() {
        try {
            Path code = Path.of(TrainingProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path main = code.toAbsolutePath().getParent();
            Path boot = main.resolveSibling("boot");
            return Files.isRegularFile(code) && Files.isDirectory(boot)
                    ? "%s/*%s%s/*".formatted(main, java.io.File.pathSeparator, boot)
                    : System.getProperty("java.class.path");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where this program lies is not known", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                TrainingMessage.parse(line).ifPresent(messages::add);
            }
        } catch (IOException e) {
            // The process was ended while it spoke: there is nothing more to hear.
            return;
        }
    }

    long pid() {
        return process.pid();
    }

    /** The next thing that it says, waiting at most so long. */
    Optional<TrainingMessage> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Whether it has ended and all that it said was heard. */
    boolean isOver() {
        return !process.isAlive() && !reader.isAlive() && messages.isEmpty();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** The last lines of what it and its libraries logged. */
    String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
        } catch (IOException e) {
            return "its log cannot be read (%s)".formatted(e.getMessage());
        }
    }

    /** Asks it to end with a checkpoint, and ends it if it takes too long. */
    void stop() throws InterruptedException {
        try {
            process.outputWriter().close();
        } catch (IOException e) {
            // It is ending by itself.
            process.destroy();
        }
        if (!process.waitFor(TO_STOP)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Ends it at once. What it did since its last checkpoint is lost. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
