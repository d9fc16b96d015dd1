package io.stemline.endurance.chaos;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private RunOptions run;

    @Option(names = "--blows", defaultValue = "20", description = "How often something is done (${DEFAULT-VALUE}).")
    private int blows;

    @Option(
            names = "--gap",
            defaultValue = "8",
            description = "The longest time between two of them, in seconds (${DEFAULT-VALUE}).")
    private int gapSeconds;

    @Option(names = "--disk", description = "Give the store a disk of so many megabytes, and fill it at times.")
    private Integer diskMegabytes;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        ChaosRun.Settings settings = run.settings(blows, Duration.ofSeconds(gapSeconds), diskMegabytes != null);
        try (SmallDisk ignored = diskMegabytes == null
                ? SmallDisk.NONE
                : SmallDisk.mountedAt(settings.folder().resolve("data/store"), diskMegabytes)) {
            return run.end(new ChaosRun(settings, System.out::println).run());
        }
    }
}
