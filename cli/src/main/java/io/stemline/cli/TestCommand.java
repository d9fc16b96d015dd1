package io.stemline.cli;

import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.reporting.TargetScores;
import io.stemline.training.session.ModelTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores the model of a folder on the test tracks of a data set. */
@Command(
        name = "test",
        description = {
            "Separates the test tracks of a data set with the model of a folder and scores the stems.",
            "Figures of every track go to evaluation.csv in the folder, medians are shown."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stemline test my_model ~/musdb18hq", "  stemline test my_model songs --tracks 20"},
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's folder.")
    private Path model;

    @Parameters(index = "1", paramLabel = "DATASET", description = "Where the test tracks are.")
    private String location;

    @Option(
            names = "--tracks",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many tracks at most (default: ${DEFAULT-VALUE}).")
    private int tracks;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads; 0 for one for each processor (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin
    private DatasetOptions data;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        if (tracks < 1) {
            throw CommandFailure.wrongUse("--tracks must be 1 or more, and is " + tracks);
        }
        var test = new ModelTest(ModelFolder.at(model), threads);
        var dataset = test.open(location, data.settings());
        List<TargetScores> medians = test.run(dataset, tracks, common.terminal()::say);
        common.print(() -> medians, style -> render(medians, style));
        return Stemline.ALL_WELL;
    }

    private String render(List<TargetScores> medians, Style style) {
        Table table = Table.of("median", ">SDR", ">ISR", ">SIR", ">SAR", ">SI-SDR", ">SI-SDRi", ">SNR", ">MDX-SDR");
        medians.forEach(scores -> table.row(
                scores.target(),
                decibels(scores.sdr()),
                decibels(scores.isr()),
                decibels(scores.sir()),
                decibels(scores.sar()),
                decibels(scores.siSdr()),
                decibels(scores.siSdrImprovement()),
                decibels(scores.snr()),
                decibels(scores.mdxSdr())));
        return table.render(style) + System.lineSeparator() + model.resolve("evaluation.csv");
    }

    private static String decibels(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
