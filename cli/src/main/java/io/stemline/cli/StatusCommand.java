package io.stemline.cli;

import io.stemline.cli.catalogue.Batch;
import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.local.StackState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the stack that runs, and its newest batches. */
@Command(
        name = "status",
        description = "Shows what is up, and how far the newest batches are.",
        footerHeading = "%nExamples:%n",
        footer = {"  stemline status", "  stemline status --json"},
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final int BATCHES = 10;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    /** What the JSON shows. */
    private record Status(boolean up, Optional<StackState> stack, List<Batch> batches) {}

    @Override
    public Integer call() {
        Path folder = dataFolder.folder();
        Optional<StackState> found = StackState.find(folder);
        List<Batch> batches =
                found.filter(StackState::ready).map(StatusCommand::newest).orElse(List.of());
        common.print(
                () -> new Status(found.isPresent(), found, batches),
                style -> found.map(state -> render(state, batches, style)).orElse("Nothing is up on " + folder + "."));
        return Stemline.ALL_WELL;
    }

    private static List<Batch> newest(StackState state) {
        try (var catalogue = new Catalogue(state.catalogue())) {
            return catalogue.newestBatches(BATCHES);
        }
    }

    private static String render(StackState state, List<Batch> batches, Style style) {
        String processes = StackView.render(state, style);
        if (batches.isEmpty()) {
            return processes;
        }
        var table = Table.of("batch", "name", ">tracks", ">done", ">failed");
        for (Batch batch : batches) {
            table.row(
                    batch.batchId(),
                    batch.name(),
                    Integer.toString(batch.entries()),
                    Integer.toString(batch.done()),
                    Integer.toString(batch.failed()));
        }
        return processes + System.lineSeparator().repeat(2) + table.render(style);
    }
}
