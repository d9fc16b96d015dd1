package io.stemline.cli.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What separating a file cost.
 *
 * @param name what separated it
 * @param readySeconds from the start of the process until the model was loaded
 * @param seconds from opening the file to the last stem on disk
 * @param lengthSeconds length of what was separated, of all tracks together
 * @param networkSeconds how much of the time was spent in the network
 * @param peakBytes most memory that the process had in use at once
 */
public record Measurement(
        String name, double readySeconds, double seconds, double lengthSeconds, double networkSeconds, long peakBytes) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    /** How many seconds of music were separated in a second. */
    @JsonIgnore
    public double speed() {
        return lengthSeconds / seconds;
    }

    /** Share of the time that was spent in the network. */
    @JsonIgnore
    public double networkShare() {
        return networkSeconds / seconds;
    }

    /** Most resident memory that this process has had so far; 0 where the system does not tell. */
    public static long peakBytesOfThisProcess() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Time since this process was started. */
    public static double secondsSinceStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> (System.currentTimeMillis() - start.toEpochMilli()) / 1e3)
                .orElse(Double.NaN);
    }
}
