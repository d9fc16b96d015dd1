package io.stemline.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.Learning;
import io.stemline.cli.catalogue.RegisteredModel;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.local.StackState;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The models there are. */
@Command(
        name = "models",
        description = "Lists, shows, verifies, imports and removes models, and decides which one is active.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline models list",
            "  stemline models show unet-1",
            "  stemline models verify",
            "  stemline models pull spleeter:4stems",
            "  stemline models import spleeter 4stems.tar.gz",
            "  stemline models set-default spleeter-4stems",
            "  stemline models rollback"
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
            ModelsRemoveCommand.class,
            ModelsPromoteCommand.class,
            ModelsRefuseCommand.class,
            ModelsRollbackCommand.class
        })
final class ModelsCommand extends CommandGroup {

    ModelsCommand() {
        super("say what to do: list, show, verify, pull, import, set-default, remove, promote, refuse or rollback");
    }

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists the models that are there; with a stack that is up, also those that were trained.",
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
            Map<String, RegisteredModel> registered = registered(dataFolder.folder());
            List<ListedModel> listed = Stream.concat(
                            cards.stream().map(card -> ListedModel.of(card, registered)),
                            registered.values().stream()
                                    .filter(model -> cards.stream()
                                            .noneMatch(card -> card.id().equals(model.modelId())))
                                    .map(ListedModel::trained))
                    .toList();
            common.print(() -> listed, style -> render(listed, !registered.isEmpty(), style));
            return Stemline.ALL_WELL;
        }

        /** What the stack that is up knows of models, by id; nothing if none is up. */
        private static Map<String, RegisteredModel> registered(Path dataFolder) {
            var registered = new LinkedHashMap<String, RegisteredModel>();
            StackState.find(dataFolder).filter(StackState::ready).ifPresent(state -> {
                try (var catalogue = new Catalogue(state.catalogue())) {
                    new Learning(catalogue).models().models().forEach(model -> registered.put(model.modelId(), model));
                }
            });
            return registered;
        }

        private static String render(List<ListedModel> models, boolean withStates, Style style) {
            if (models.isEmpty()) {
                return "There are no models.";
            }
            var headers = new ArrayList<>(List.of("id", "stems", ">rate", ">channels", "licence", "name"));
            if (withStates) {
                headers.addAll(1, List.of("state", ">separated"));
            }
            var table = Table.of(headers);
            for (ListedModel model : models) {
                var cells = new ArrayList<>(model.cells());
                if (withStates) {
                    cells.addAll(1, model.registryCells());
                }
                table.row(cells);
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
            Optional<RegisteredModel.Whole> registered = registered();
            var models = new Models(Home.folder(), dataFolder.folder());
            if (registered.isPresent() && !models.ids().contains(id)) {
                common.print(registered::get, style -> render(registered.get(), style));
                return Stemline.ALL_WELL;
            }
            ModelCard card = models.card(id);
            common.print(
                    () -> new ShownModel(card, registered),
                    style -> render(card, style)
                            + registered
                                    .map(whole -> System.lineSeparator().repeat(2) + render(whole, style))
                                    .orElse(""));
            return Stemline.ALL_WELL;
        }

        /** What the JSON shows. */
        private record ShownModel(@JsonUnwrapped ModelCard card, Optional<RegisteredModel.Whole> registered) {}

        /** What the stack that is up knows of the model; nothing if none is up, or it knows nothing of it. */
        private Optional<RegisteredModel.Whole> registered() {
            return StackState.find(dataFolder.folder())
                    .filter(StackState::ready)
                    .flatMap(state -> {
                        try (var catalogue = new Catalogue(state.catalogue())) {
                            var learning = new Learning(catalogue);
                            return learning.models().models().stream()
                                    .filter(model -> model.modelId().equals(id))
                                    .findFirst()
                                    .map(model -> learning.model(id));
                        }
                    });
        }

        private static String render(RegisteredModel.Whole whole, Style style) {
            RegisteredModel model = whole.model();
            var texts = new LearningTexts()
                    .line(style.strong(model.modelId()) + "  "
                            + (model.active() ? "active" : LearningTexts.word(model.state())))
                    .fact("because", model.reason())
                    .fact("trained from", model.parentModelId())
                    .fact("run", model.runId())
                    .fact("weights", "sha256 " + model.weightsSha256())
                    .fact("since", LearningTexts.time(model.createdAt()))
                    .fact("separated", model.separated().tracks() + " tracks");
            whole.trial()
                    .ifPresent(trial -> texts.fact(
                                    "trial", "beside %s by %s".formatted(trial.activeId(), trial.metric()))
                            .fact(
                                    "",
                                    LearningTexts.word(trial.state())
                                            + trial.reason()
                                                    .map(why -> ": " + why)
                                                    .orElse("")));
            whole.promotions()
                    .forEach(promotion -> texts.fact(
                            "promoted",
                            "%s by %s: %s"
                                    .formatted(
                                            LearningTexts.time(promotion.createdAt()),
                                            LearningTexts.word(promotion.decidedBy()),
                                            promotion.reason())));
            return texts.toString();
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
