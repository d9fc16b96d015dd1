package io.stemline.cli;

import io.stemline.cli.catalogue.Batch;
import io.stemline.cli.catalogue.Catalogue.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits tracks to the stack that is up, and does not wait for them. */
@Command(
        name = "submit",
        description = "Submits music to the Stemline that is up, and returns at once.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline submit ~/Music/album",
            "  stemline submit --manifest catalogue.csv --format flac",
            "",
            "A manifest lists tracks as CSV with a header line, or as JSON lines, with the fields path, title,",
            "artist, album and isrc; only the path is needed. Relative paths start at the manifest's folder."
        },
        mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private What what;

    private static final class What {

        @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders to separate.")
        private List<Path> paths = List.of();

        @Option(names = "--manifest", paramLabel = "FILE", description = "A list of tracks, .csv or .jsonl.")
        private Path manifest;
    }

    @Mixin
    private WishOptions wish;

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        wish.modelId().ifPresent(id -> new Models(Home.folder(), stack.folder()).idOf(wish.modelId()));
        var asked = new Wish(wish.modelId(), wish.format().encoding().spelling());
        Batch batch;
        try (var catalogue = stack.catalogue()) {
            if (what.manifest == null) {
                List<Path> paths = SubmittedPaths.existing(what.paths);
                batch = catalogue.submit(paths, SubmittedPaths.name(paths), asked);
            } else {
                Path manifest = SubmittedPaths.existing(List.of(what.manifest)).getFirst();
                batch = catalogue.submitManifest(
                        ManifestFile.asJsonLines(manifest),
                        manifest.getFileName().toString(),
                        asked);
            }
        }
        common.print(
                () -> batch,
                style -> "Batch %s with %d %s; 'stemline status' shows how far it is."
                        .formatted(
                                style.strong(batch.batchId()),
                                batch.entries(),
                                batch.entries() == 1 ? "track" : "tracks"));
        return Stemline.ALL_WELL;
    }
}
