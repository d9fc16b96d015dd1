package io.stemline.cli;

import io.stemline.cli.terminal.Style;
import io.stemline.training.songs.DemoCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes songs to try things with. */
@Command(
        name = "demo",
        description = {
            "Makes songs to try things with, each with its true stems, in MUSDB's layout.",
            "Everything in them is synthesised here. The same seed makes the same songs."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stemline demo songs", "  stemline demo songs --songs 12 --seconds 60 --seed 7"},
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final int SONGS_AT_MOST = 10_000;
    private static final int SECONDS_AT_LEAST = 2;
    private static final int SECONDS_AT_MOST = 600;

    @Parameters(paramLabel = "DIR", description = "Where the songs go, each in a folder of its own.")
    private Path folder;

    @Option(
            names = "--songs",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int songs;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "30",
            description = "How long each of them is (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the first; the others follow (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        require("--songs", songs, 1, SONGS_AT_MOST);
        require("--seconds", seconds, SECONDS_AT_LEAST, SECONDS_AT_MOST);
        common.terminal().say("Composing %d %s of %d s".formatted(songs, songs == 1 ? "song" : "songs", seconds));
        List<String> folders =
                DemoCatalogue.write(folder.toAbsolutePath().normalize(), songs, Duration.ofSeconds(seconds), seed)
                        .stream()
                        .map(Path::toString)
                        .toList();
        common.print(() -> Map.of("songs", folders), style -> render(folders, style));
        return Stemline.ALL_WELL;
    }

    private String render(List<String> folders, Style style) {
        return folders.stream().collect(Collectors.joining(System.lineSeparator()))
                + System.lineSeparator()
                + style.faint("Separate and score them with: stemline run '%s'".formatted(folder));
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CommandFailure.wrongUse(
                    "%s must be between %d and %d, and is %d".formatted(option, least, most, value));
        }
    }
}
