package io.stemline.cli;

import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The models there are. */
@Command(
        name = "models",
        description = "Lists, shows, verifies, imports and removes models.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline models list",
            "  stemline models show unet-1",
            "  stemline models verify",
            "  stemline models pull spleeter:4stems",
            "  stemline models import spleeter 4stems.tar.gz",
            "  stemline models set-default spleeter-4stems"
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            ModelsCommand.ListCommand.class,
            ModelsCommand.ShowCommand.class,
            ModelsCommand.VerifyCommand.class,
            ModelsPullCommand.class,
            ModelsImportCommand.class,
            ModelsSetDefaultCommand.class,
            ModelsRemoveCommand.class
        })
final class ModelsCommand extends CommandGroup {

    ModelsCommand() {
        super("say what to do: list, show, verify, pull, import, set-default or remove");
    }

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists the models that are there.",
            footerHeading = "%nExamples:%n",
            footer = "  stemline models list --json",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private DataFolderOption dataFolder;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            var models = new Models(Home.folder(), dataFolder.folder());
            List<ModelCard> cards = Stream.concat(models.ids().stream().map(models::card), models.methods().stream())
                    .toList();
            common.print(() -> cards, style -> render(cards, style));
            return Stemline.ALL_WELL;
        }

        private static String render(List<ModelCard> cards, Style style) {
            if (cards.isEmpty()) {
                return "There are no models.";
            }
            var table = Table.of("id", "stems", ">rate", ">channels", "licence", "name");
            for (ModelCard card : cards) {
                table.row(
                        card.id(),
                        String.join(" ", card.stems()),
                        card.sampleRateHz() + " Hz",
                        Integer.toString(card.channels()),
                        card.origin().kind() == Origin.Kind.BUILT_IN ? "method without weights" : card.licence(),
                        card.name());
            }
            return table.render(style);
        }
    }

    /** Shows one. */
    @Command(
            name = "show",
            description = "Shows what is known about a model.",
            footerHeading = "%nExamples:%n",
            footer = "  stemline models show unet-1",
            mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "As 'stemline models list' shows it.")
        private String id;

        @Mixin
        private DataFolderOption dataFolder;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            ModelCard card = new Models(Home.folder(), dataFolder.folder()).card(id);
            common.print(() -> card, style -> render(card, style));
            return Stemline.ALL_WELL;
        }

        private static String render(ModelCard card, Style style) {
            var lines = new ArrayList<String>();
            lines.add(style.strong(card.id()) + "  " + card.name());
            if (!card.description().isEmpty()) {
                lines.add(card.description());
            }
            lines.add("");
            lines.add("stems           " + String.join(", ", card.stems()));
            lines.add("sample rate     " + card.sampleRateHz() + " Hz, " + card.channels() + " channel(s)");
            lines.add("licence         " + card.licence());
            card.remainder().ifPresent(stem -> lines.add("adds up through " + stem));
            card.weights().ifPresent(weights -> lines.add("weights         sha256 " + weights.sha256()));
            lines.add("origin          " + origin(card.origin()));
            card.origin().dataset().ifPresent(dataset -> lines.add("trained on      " + dataset));
            if (!card.scores().isEmpty()) {
                var table = Table.of("data set", "metric", "stem", ">score");
                card.scores()
                        .forEach(score -> table.row(
                                score.dataset(), score.metric(), score.stem(), "%.2f".formatted(score.value())));
                lines.add("");
                lines.add(table.render(style));
            }
            return String.join(System.lineSeparator(), lines);
        }
    }

    /** Where a model came from, in a line. */
    static String origin(Origin origin) {
        String kind = switch (origin.kind()) {
            case TRAINED -> "trained by Stemline";
            case IMPORTED -> "imported";
            case BUILT_IN -> "built in";
        };
        return kind + origin.source().map(source -> " from " + source).orElse("");
    }

    /** Verifies them. */
    @Command(
            name = "verify",
            description = "Checks that models are whole: cards that make sense, weights that are those of the card.",
            footerHeading = "%nExamples:%n",
            footer = {"  stemline models verify", "  stemline models verify unet-1"},
            mixinStandardHelpOptions = true)
    static final class VerifyCommand implements Callable<Integer> {

        @Parameters(arity = "0..1", paramLabel = "ID", description = "Only this one; all if absent.")
        private Optional<String> id = Optional.empty();

        @Mixin
        private DataFolderOption dataFolder;

        @Mixin
        private CommonOptions common;

        /** What the JSON shows. */
        private record Verdict(String id, boolean good, Optional<String> problem) {}

        @Override
        public Integer call() {
            var models = new Models(Home.folder(), dataFolder.folder());
            List<String> ids = id.map(List::of).orElseGet(models::ids);
            List<Verdict> verdicts =
                    ids.stream().map(each -> verify(models, each)).toList();
            common.print(() -> verdicts, style -> render(verdicts, style));
            return verdicts.stream().allMatch(Verdict::good) ? Stemline.ALL_WELL : Stemline.SOMETHING_FAILED;
        }

        private static Verdict verify(Models models, String id) {
            try {
                models.find(id);
                return new Verdict(id, true, Optional.empty());
            } catch (io.stemline.separation.model.ModelException e) {
                return new Verdict(id, false, Optional.of(e.getMessage()));
            }
        }

        private static String render(List<Verdict> verdicts, Style style) {
            if (verdicts.isEmpty()) {
                return "There are no models.";
            }
            var lines = new ArrayList<String>();
            for (Verdict verdict : verdicts) {
                lines.add(verdict.problem()
                        .map(problem -> style.bad("broken") + "  " + problem)
                        .orElseGet(() -> style.good("good") + "    " + verdict.id()));
            }
            return String.join(System.lineSeparator(), lines);
        }
    }
}
