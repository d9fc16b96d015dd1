package io.stemline.endurance.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/upgrade}. */
@Command(
        name = "bench/upgrade",
        description =
                "Changes the services from another version to this one while tracks go through, and counts what is lost.",
        footerHeading = "%n",
        footer = "Exit codes: 0 nothing is lost, doubled or unexplained; 1 something is; 2 wrong use.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class UpgradeCommand implements Callable<Integer> {

    @Option(
            names = "--before",
            required = true,
            description = "The project's folder in the version before, with the services built.")
    private Path before;

    @Mixin
    private RunOptions run;

    @Option(
            names = "--gap",
            defaultValue = "15",
            description = "The time between two changes, in seconds (${DEFAULT-VALUE}).")
    private int gapSeconds;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new UpgradeCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        ChaosRun.Settings settings = run.settings(0, Duration.ofSeconds(gapSeconds), false);
        return run.end(ChaosRun.upgrade(settings, before.toAbsolutePath().normalize(), System.out::println)
                .run());
    }
}
