package io.stemline.endurance.load;

import io.stemline.endurance.RunPlace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/load}. */
@Command(
        name = "bench/load",
        description = "Sends a batch of very short tracks through the whole system and says what it carries.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/load                                     a thousand tracks",
            "  bench/load --tracks 100000 --ask 10            more, and what the API does with so many",
            "  STEMLINE_INGEST_THREADS=4 bench/load           with another setting of a service"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class LoadCommand implements Callable<Integer> {

    @Mixin
    private RunPlace place;

    @Option(names = "--tracks", defaultValue = "1000", description = "How many (${DEFAULT-VALUE}).")
    private int tracks;

    @Option(
            names = "--frames",
            defaultValue = "800",
            description = "Length of a track in frames of 8 kHz (${DEFAULT-VALUE}).")
    private int framesPerTrack;

    @Option(names = "--encoding", defaultValue = "wav-16", description = "How stems are written (${DEFAULT-VALUE}).")
    private String encoding;

    @Option(
            names = "--ask",
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "Have wrk ask each path of the API for so long when the batch is done.")
    private int askSeconds;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var settings = new LoadRun.Settings(
                place.home(), place.emptyFolder(), tracks, framesPerTrack, encoding, Duration.ofSeconds(askSeconds));
        List<String> report = new LoadRun(settings, System.out::println).run();
        report.forEach(System.out::println);
        return 0;
    }
}
