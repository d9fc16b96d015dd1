package io.stemline.endurance.chaos;

import io.stemline.endurance.RunPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What runs with tracks have in common on the command line. */
final class RunOptions {

    @Mixin
    private RunPlace place;

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
        long drawn = seed == null ? RandomGenerator.getDefault().nextInt(1_000_000) : seed;
        return new ChaosRun.Settings(
                place.home(),
                place.emptyFolder(),
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
        Files.writeString(place.folder().resolve("report.txt"), report.text());
        return report.findings().isEmpty() ? 0 : 1;
    }
}
