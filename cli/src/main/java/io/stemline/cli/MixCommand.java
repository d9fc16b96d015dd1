package io.stemline.cli;

import io.stemline.training.datasets.Split;
import io.stemline.training.datasets.mixtures.MixtureMaker;
import io.stemline.training.datasets.mixtures.MixtureSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a data set of mixtures from isolated sounds. */
@Command(
        name = "mix",
        description = {
            "Makes a data set to train with from isolated sounds: SOURCES/<label>/<any name>.wav, flac or mp3.",
            "Levels, times and parts of sounds are drawn by seed; manifest.json beside each mixture says what was drawn."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stemline mix sounds my_dataset --mixtures 100", "  stemline train my_model my_dataset"},
        mixinStandardHelpOptions = true)
final class MixCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SOURCES", description = "The folder with a folder of sounds for each label.")
    private Path sources;

    @Parameters(index = "1", paramLabel = "DIR", description = "Where the data set goes.")
    private Path target;

    @Option(
            names = "--mixtures",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many to train with (default: ${DEFAULT-VALUE}); a tenth as many each validate and test.")
    private int mixtures;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long each of them is (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything drawn (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        if (mixtures < 1 || seconds < 1) {
            throw CommandFailure.wrongUse(
                    "--mixtures and --seconds must be 1 or more, and are %d and %d".formatted(mixtures, seconds));
        }
        int heldOut = Math.max(1, mixtures / 10);
        Map<Split, Integer> counts =
                new EnumMap<>(Map.of(Split.TRAIN, mixtures, Split.VALIDATION, heldOut, Split.TEST, heldOut));
        var settings = MixtureSettings.standard(seed, counts).withLength(Duration.ofSeconds(seconds));
        MixtureMaker.Report report = new MixtureMaker(sources, settings).make(target);
        report.skippedSounds().forEach(common.terminal()::complain);
        common.print(
                () -> report,
                style -> "%d mixtures of %s in %s"
                        .formatted(report.mixtures(), String.join(", ", report.labels()), target));
        return report.skippedSounds().isEmpty() ? Stemline.ALL_WELL : Stemline.SOMETHING_FAILED;
    }
}
