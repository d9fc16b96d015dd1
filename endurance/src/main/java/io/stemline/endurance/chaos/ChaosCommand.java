package io.stemline.endurance.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/chaos}. */
@Command(
        name = "bench/chaos",
        description = "Kills, stops and cuts off parts of the system while tracks go through, and counts what is lost.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/chaos                                  a hundred tracks, twenty blows: some minutes",
            "  bench/chaos --tracks 500 --blows 100         longer",
            "  bench/chaos --seed 7                         the schedule and the files of seed 7 again",
            "  bench/chaos --disk 64                        with a store of 64 MB that is filled at times (root only)",
            "",
            "Exit codes: 0 nothing is lost, doubled or unexplained; 1 something is; 2 wrong use."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ChaosCommand implements Callable<Integer> {

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    @Option(names = "--folder", required = true, description = "An empty folder for all that the run makes.")
    private Path folder;

    @Option(names = "--seed", description = "What everything that is drawn follows from; drawn, too, if not given.")
    private Long seed;

    @Option(names = "--tracks", defaultValue = "100", description = "Files to submit (${DEFAULT-VALUE}).")
    private int tracks;

    @Option(names = "--blows", defaultValue = "20", description = "How often something is done (${DEFAULT-VALUE}).")
    private int blows;

    @Option(
            names = "--gap",
            defaultValue = "8",
            description = "The longest time between two of them, in seconds (${DEFAULT-VALUE}).")
    private int gapSeconds;

    @Option(
            names = "--patience",
            defaultValue = "5",
            description = "Minutes without any change after which the run gives up waiting (${DEFAULT-VALUE}).")
    private int patienceMinutes;

    @Option(names = "--disk", description = "Give the store a disk of so many megabytes, and fill it at times.")
    private Integer diskMegabytes;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        requireEmpty();
        long drawn = seed == null ? RandomGenerator.getDefault().nextInt(1_000_000) : seed;
        var settings = new ChaosRun.Settings(
                home.toAbsolutePath().normalize(),
                folder.toAbsolutePath().normalize(),
                drawn,
                tracks,
                blows,
                Duration.ofSeconds(gapSeconds),
                diskMegabytes != null,
                Duration.ofMinutes(patienceMinutes));
        try (SmallDisk ignored = diskMegabytes == null
                ? SmallDisk.NONE
                : SmallDisk.mountedAt(settings.folder().resolve("data/store"), diskMegabytes)) {
            ChaosReport report = new ChaosRun(settings, System.out::println).run();
            System.out.println(report.text());
            Files.writeString(folder.resolve("report.txt"), report.text());
            return report.findings().isEmpty() ? 0 : 1;
        }
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
