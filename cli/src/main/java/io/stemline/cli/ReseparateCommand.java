package io.stemline.cli;

import io.stemline.cli.catalogue.Batch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends tracks through again, behind all other work, and does not wait for them. */
@Command(
        name = "reseparate",
        description = "Separates tracks again, when nothing else is to be done.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline reseparate --older-than unet-2",
            "  stemline reseparate TRACK --model unet-1",
            "",
            "Stems that are there already stay as they are: a separation by another model is another one."
        },
        mixinStandardHelpOptions = true)
final class ReseparateCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private What what;

    private static final class What {

        @Option(
                names = "--older-than",
                paramLabel = "MODEL",
                description = "All tracks whose newest stems come from a model that was active before this one.")
        private Optional<String> olderThan = Optional.empty();

        @Parameters(arity = "1..*", paramLabel = "TRACK", description = "Ids of tracks.")
        private List<String> tracks = List.of();
    }

    @Option(
            names = {"-m", "--model"},
            paramLabel = "ID",
            description = "The model that separates (default: the one that is active).")
    private Optional<String> modelId = Optional.empty();

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        Batch batch;
        try (var catalogue = stack.catalogue()) {
            batch = catalogue.reseparate(what.olderThan, what.tracks, modelId);
        }
        common.print(
                () -> batch,
                style -> "Batch %s with %d %s that wait behind all other work; 'stemline status' shows how far it is."
                        .formatted(
                                style.strong(batch.batchId()),
                                batch.entries(),
                                batch.entries() == 1 ? "track" : "tracks"));
        return Stemline.ALL_WELL;
    }
}
