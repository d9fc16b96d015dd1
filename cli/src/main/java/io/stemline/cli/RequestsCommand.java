package io.stemline.cli;

import io.stemline.cli.catalogue.Learning;
import io.stemline.cli.catalogue.RetrainingRequest;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Who asked for better models. */
@Command(
        name = "requests",
        description = "Lists requests for better models: who asked, why, and what became of it.",
        footerHeading = "%nExamples:%n",
        footer = {"  stemline requests", "  stemline requests --json"},
        mixinStandardHelpOptions = true)
final class RequestsCommand implements Callable<Integer> {

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        List<RetrainingRequest> requests = stack.ask(Learning::requests);
        common.print(() -> requests, style -> render(requests, style));
        return Stemline.ALL_WELL;
    }

    private static String render(List<RetrainingRequest> requests, Style style) {
        if (requests.isEmpty()) {
            return "Nobody has asked for a better model.";
        }
        var table = Table.of("since", "request", "who", ">joined", "model", "outcome", "reason");
        for (RetrainingRequest request : requests) {
            table.row(
                    LearningTexts.time(request.createdAt()),
                    request.requestId(),
                    request.policy(),
                    Integer.toString(request.joined().size()),
                    request.modelId(),
                    request.outcome().orElse("open"),
                    request.reason());
        }
        return table.render(style);
    }
}
