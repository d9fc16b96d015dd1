package io.stemline.cli;

import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.Dataset;
import io.stemline.cli.catalogue.Learning;
import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.cli.terminal.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tracks with true stems that models learn from and are judged by. */
@Command(
        name = "datasets",
        description = "Adds, lists and shows data sets: tracks with true stems.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline datasets add musdb ~/musdb18hq",
            "  stemline datasets list",
            "  stemline datasets show musdb"
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            DatasetsCommand.AddCommand.class,
            DatasetsCommand.ListCommand.class,
            DatasetsCommand.ShowCommand.class
        })
final class DatasetsCommand extends CommandGroup {

    DatasetsCommand() {
        super("say what to do: add, list or show");
    }

    /** Adds tracks to one. */
    @Command(
            name = "add",
            description = "Adds tracks with true stems to a data set, and waits until they are taken in.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  stemline datasets add musdb ~/musdb18hq         MUSDB's folders, or .stem.mp4 files",
                "  stemline datasets add mine songs_train.csv      Spleeter's tables",
                "",
                "Folders train, valid and test name the split of their tracks, but never against what is known: all",
                "tracks of an artist and of an album stay in one split."
            },
            mixinStandardHelpOptions = true)
    static final class AddCommand implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "What the data set is called.")
        private String name;

        @Parameters(paramLabel = "DIR|FILE", description = "The folder of tracks, or a table of them.")
        private Path path;

        @Option(
                names = "--audio-root",
                paramLabel = "DIR",
                description = "Where the paths in a table start (default: its own folder).")
        private Optional<Path> audioRoot = Optional.empty();

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            Path absolute = SubmittedPaths.existing(List.of(path)).getFirst();
            Optional<Path> root = audioRoot.map(
                    given -> SubmittedPaths.existing(List.of(given)).getFirst());
            Dataset.Whole dataset;
            try (Catalogue catalogue = stack.catalogue()) {
                var learning = new Learning(catalogue);
                Dataset.Accepted accepted = learning.addDataset(name, absolute, root);
                common.terminal().say("Taking in %d entries.".formatted(accepted.entries()));
                catalogue.follow(accepted.batchId(), progress -> true);
                dataset = learning.dataset(name);
            }
            common.print(() -> dataset, style -> render(dataset, style));
            return dataset.refusals().isEmpty() ? Stemline.ALL_WELL : Stemline.SOMETHING_FAILED;
        }
    }

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists the data sets.",
            footerHeading = "%nExamples:%n",
            footer = "  stemline datasets list --json",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            List<Dataset> datasets = stack.ask(Learning::datasets);
            common.print(() -> datasets, style -> render(datasets, style));
            return Stemline.ALL_WELL;
        }

        private static String render(List<Dataset> datasets, Style style) {
            if (datasets.isEmpty()) {
                return "There are no data sets; 'stemline datasets add' makes one.";
            }
            var table = Table.of("name", ">tracks", ">hours", "splits", ">waiting", ">refused", "since");
            for (Dataset dataset : datasets) {
                table.row(
                        dataset.name(),
                        Integer.toString(dataset.tracks()),
                        hours(dataset),
                        LearningTexts.splits(dataset.splits()),
                        Integer.toString(dataset.waiting()),
                        Integer.toString(dataset.refused()),
                        LearningTexts.time(dataset.createdAt()));
            }
            return table.render(style);
        }
    }

    /** Shows one. */
    @Command(
            name = "show",
            description = "Shows a data set: its tracks, their splits, and what was not taken and why.",
            footerHeading = "%nExamples:%n",
            footer = "  stemline datasets show musdb",
            mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "As 'stemline datasets list' shows it.")
        private String name;

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            Dataset.Whole dataset = stack.ask(learning -> learning.dataset(name));
            common.print(() -> dataset, style -> render(dataset, style));
            return Stemline.ALL_WELL;
        }
    }

    private static String render(Dataset.Whole whole, Style style) {
        Dataset dataset = whole.dataset();
        var texts = new LearningTexts()
                .line("%s  %d tracks, %s hours%s"
                        .formatted(
                                style.strong(Texts.harmless(dataset.name())),
                                dataset.tracks(),
                                hours(dataset),
                                dataset.splits().isEmpty() ? "" : ": " + LearningTexts.splits(dataset.splits())));
        if (!whole.tracks().isEmpty()) {
            var table = Table.of("track", "split", ">length", "stems");
            whole.tracks()
                    .forEach(track -> table.row(
                            track.name(),
                            LearningTexts.word(track.split()),
                            Durations.length(track.seconds()),
                            String.join(" ", track.stems())));
            texts.line("").line(table.render(style));
        }
        if (!whole.refusals().isEmpty()) {
            texts.line("").line(style.bad("Not taken"));
            whole.refusals().forEach(refusal -> texts.line(Texts.harmless(refusal.reason())));
        }
        return texts.toString();
    }

    private static String hours(Dataset dataset) {
        return String.format(Locale.ROOT, "%.2f", dataset.hours());
    }
}
