package io.stemline.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.local.StackSettings.Purpose;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A stack as others find it: the contents of {@code stack.json} in its data folder.
 *
 * @param pid process id of the program that holds the stack
 * @param pidStartedMillis when that process started, in milliseconds since 1970: a process id alone may be another's by now
 * @param purpose what the stack was started for
 * @param activeModel id of the model that separates where nobody asks for another one
 * @param ready whether all of it has been up
 * @param processes its processes
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StackState(
        long pid,
        long pidStartedMillis,
        Purpose purpose,
        String activeModel,
        boolean ready,
        List<StackProcess> processes) {

    private static final String FILE = "stack.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    public StackState {
        processes = List.copyOf(processes);
    }

    /**
     * One process of a stack.
     *
     * @param device where its networks run; empty if it has none
     * @param port where it takes requests, on 127.0.0.1
     * @param restarts how often it was started again
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record StackProcess(String name, Condition condition, long pid, int port, int restarts, String device) {

        public StackProcess {
            // What an older Stemline wrote names no device.
            device = Objects.requireNonNullElse(device, "");
        }

        /** How a process is. */
        public enum Condition {
            STARTING,
            UP,
            /** It ended by itself and is about to be started again. */
            DOWN
        }
    }

    /** The stack that runs on a data folder; empty when there is none, or only what a killed one left behind. */
    public static Optional<StackState> find(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), StackState.class))
                    .filter(StackState::isAlive);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LocalStackException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The first process of a name. */
    public Optional<StackProcess> process(String name) {
        return processes.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    /** Address of the catalogue's API. */
    @JsonIgnore
    public URI catalogue() {
        return process(LocalStack.INGEST)
                .map(process -> URI.create("http://" + FreePort.HOST + ":" + process.port()))
                .orElseThrow(() -> new LocalStackException(FILE + " names no " + LocalStack.INGEST));
    }

    /** The program that holds the stack. */
    @JsonIgnore
    public Optional<ProcessHandle> holder() {
        return ProcessHandle.of(pid)
                .filter(process -> process.info()
                        .startInstant()
                        .map(Instant::toEpochMilli)
                        .filter(started -> started == pidStartedMillis)
                        .isPresent());
    }

    static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    void write(Path dataFolder) throws IOException {
        Path unfinished = dataFolder.resolve(FILE + ".tmp");
        Files.write(unfinished, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        Files.move(
                unfinished,
                dataFolder.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    static void remove(Path dataFolder) throws IOException {
        Files.deleteIfExists(dataFolder.resolve(FILE));
    }

    private boolean isAlive() {
        return holder().filter(ProcessHandle::isAlive).isPresent();
    }
}
