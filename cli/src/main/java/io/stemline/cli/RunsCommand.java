package io.stemline.cli;

import io.stemline.cli.catalogue.Learning;
import io.stemline.cli.catalogue.TrainingRun;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Training runs. */
@Command(
        name = "runs",
        description = "Lists training runs, or shows one with its course.",
        footerHeading = "%nExamples:%n",
        footer = {"  stemline runs", "  stemline runs ID"},
        mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Only this one, with its course.")
    private Optional<String> id = Optional.empty();

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        if (id.isPresent()) {
            TrainingRun.Whole run = stack.ask(learning -> learning.run(id.get()));
            common.print(() -> run, style -> render(run, style));
        } else {
            List<TrainingRun> runs = stack.ask(Learning::runs);
            common.print(() -> runs, style -> render(runs, style));
        }
        return Stemline.ALL_WELL;
    }

    private static String render(List<TrainingRun> runs, Style style) {
        if (runs.isEmpty()) {
            return "Nothing was trained yet.";
        }
        var table = Table.of("since", "run", "state", ">step", ">of", ">validation", "candidate", "from");
        for (TrainingRun run : runs) {
            table.row(
                    LearningTexts.time(run.startedAt()),
                    run.runId(),
                    LearningTexts.word(run.state()),
                    Long.toString(run.step()),
                    Long.toString(run.steps()),
                    run.validationDb().map(RunsCommand::decibel).orElse(""),
                    run.candidateId(),
                    run.fromScratch().isPresent() ? "random weights" : run.parentModelId());
        }
        return table.render(style);
    }

    private static String render(TrainingRun.Whole whole, Style style) {
        TrainingRun run = whole.run();
        var texts = new LearningTexts()
                .line(style.strong(run.runId()) + "  " + LearningTexts.word(run.state()))
                .fact("reason", run.reason())
                .fact("candidate", run.candidateId())
                .fact("to beat", run.parentModelId())
                .fact(
                        "from",
                        run.fromScratch().map(why -> "random weights: " + why).orElse(run.parentModelId()))
                .fact("request", run.requestId())
                .fact("data", data(run))
                .fact("step", run.step() + " of " + run.steps())
                .fact("seed", Long.toString(run.seed()))
                .fact("code", run.codeVersion())
                .fact("worker", run.worker())
                .fact("since", LearningTexts.time(run.startedAt()))
                .fact("until", run.endedAt().map(LearningTexts::time));
        if (!whole.points().isEmpty()) {
            var table = Table.of(">step", ">loss", ">validation", ">seconds");
            whole.points()
                    .forEach(point -> table.row(
                            Long.toString(point.step()),
                            String.format(Locale.ROOT, "%.5f", point.loss()),
                            decibel(point.validationDb()),
                            String.format(Locale.ROOT, "%.0f", point.seconds())));
            texts.line("").line(table.render(style));
        }
        return texts.toString();
    }

    /** What a run learned from, in a line. */
    static String data(TrainingRun run) {
        TrainingRun.Data data = run.data();
        String datasets = data.datasets().isEmpty() ? "" : " of " + String.join(", ", data.datasets());
        return "%d tracks to learn from, %d to choose by%s (sha256 %s)"
                .formatted(data.trainingTracks(), data.validationTracks(), datasets, data.sha256());
    }

    private static String decibel(double valueDb) {
        return String.format(Locale.ROOT, "%.2f dB", valueDb);
    }
}
