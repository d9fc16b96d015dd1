package io.stemline.endurance.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Option;

/** What runs with tracks have in common on the command line. */
final class RunOptions {

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    @Option(names = "--folder", required = true, description = "An empty folder for all that the run makes.")
    private Path folder;

    @Option(names = "--seed", description = "What everything that is drawn follows from; drawn, too, if not given.")
    private Long seed;

    @Option(names = "--tracks", defaultValue = "100", description = "Files to submit (${DEFAULT-VALUE}).")
    private int tracks;

    @Option(
            names = "--patience",
            defaultValue = "5",
            description = "Minutes without any change after which the run gives up waiting (${DEFAULT-VALUE}).")
    private int patienceMinutes;

    /**
     * @throws IllegalArgumentException if the folder is not empty
     */
    ChaosRun.Settings settings(int blows, Duration gap, boolean withFullDisk) throws IOException {
        requireEmpty();
        long drawn = seed == null ? RandomGenerator.getDefault().nextInt(1_000_000) : seed;
        return new ChaosRun.Settings(
                home.toAbsolutePath().normalize(),
                folder.toAbsolutePath().normalize(),
                drawn,
                tracks,
                blows,
                gap,
                withFullDisk,
                Duration.ofMinutes(patienceMinutes));
    }

    /** Prints and keeps the report; returns the exit code. */
    int end(ChaosReport report) throws IOException {
        System.out.println(report.text());
        Files.writeString(folder.resolve("report.txt"), report.text());
        return report.findings().isEmpty() ? 0 : 1;
    }

    private void requireEmpty() throws IOException {
        Files.createDirectories(folder);
        try (var inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " is not empty; name a new folder");
            }
        }
    }
}
