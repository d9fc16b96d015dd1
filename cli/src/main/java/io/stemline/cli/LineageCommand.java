package io.stemline.cli;

import io.stemline.cli.catalogue.Lineage;
import io.stemline.cli.catalogue.Lineage.Generation;
import io.stemline.cli.catalogue.RegisteredModel.Separated;
import io.stemline.cli.catalogue.RetrainingRequest;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Texts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Where things come from. */
@Command(
        name = "lineage",
        description = "Shows where something comes from: from any stem to its model, run, data, request and evidence.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline lineage separations/ID/vocals.wav",
            "  stemline lineage unet-2",
            "",
            "An ID is that of a separation, track, entry, model, run or request, or the key of a stem."
        },
        mixinStandardHelpOptions = true)
final class LineageCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Of what to show the way back.")
    private String id;

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        Lineage lineage = stack.ask(learning -> learning.lineage(id));
        common.print(() -> lineage, style -> render(lineage, style));
        return Stemline.ALL_WELL;
    }

    private static String render(Lineage lineage, Style style) {
        var texts = new LearningTexts()
                .line(LearningTexts.word(lineage.kind()) + " " + style.strong(Texts.harmless(lineage.id())));
        for (Lineage.Separation separation : lineage.separations()) {
            texts.line("")
                    .fact("separation", separation.separationId())
                    .fact("  track", separation.trackName() + " (" + separation.trackId() + ")")
                    .fact("  model", separation.modelId())
                    .fact(
                            "  made",
                            "%s by %s as %s"
                                    .formatted(
                                            LearningTexts.time(separation.createdAt()),
                                            separation.worker(),
                                            separation.encoding()));
        }
        lineage.learnedFromBy().forEach(run -> texts.fact("learned from by", run));
        lineage.generations().forEach(generation -> render(generation, texts, style));
        return texts.toString();
    }

    private static void render(Generation generation, LearningTexts texts, Style style) {
        texts.line("").line("model           " + style.strong(Texts.harmless(generation.modelId())));
        generation
                .model()
                .ifPresentOrElse(
                        model -> texts.fact(
                                "  state",
                                LearningTexts.word(model.state())
                                        + (model.active() ? ", active" : "")
                                        + model.reason()
                                                .map(reason -> ": " + reason)
                                                .orElse("")),
                        () -> texts.fact("  state", "not registered"));
        texts.fact("  separated", separated(generation.separated()));
        generation
                .trial()
                .ifPresent(trial -> texts.fact(
                        "  trial",
                        "%s beside %s by %s, %s"
                                .formatted(
                                        trial.trialId(),
                                        trial.activeId(),
                                        trial.metric(),
                                        LearningTexts.word(trial.state()))));
        generation
                .run()
                .ifPresent(run -> texts.fact("  run", run.runId() + ", " + LearningTexts.word(run.state()))
                        .fact("  data", RunsCommand.data(run)));
        generation.request().ifPresent(request -> render(request, texts));
    }

    private static void render(RetrainingRequest request, LearningTexts texts) {
        texts.fact("  request", request.requestId()).fact("  asked by", request.policy() + ": " + request.reason());
        request.joined().forEach(joined -> texts.fact("  joined by", joined.policy() + ": " + joined.reason()));
        request.evidence().forEach(evidence -> texts.fact("  evidence", evidence));
    }

    private static String separated(Separated separated) {
        if (separated.separations() == 0) {
            return "nothing yet";
        }
        return "%d tracks, the first %s, the last %s"
                .formatted(
                        separated.tracks(),
                        separated.first().map(LearningTexts::time).orElse("?"),
                        separated.last().map(LearningTexts::time).orElse("?"));
    }
}
