package io.stemline.cli;

import io.stemline.cli.terminal.ProgressBoard;
import io.stemline.modelimport.download.Download;
import io.stemline.modelimport.download.UnreachableException;
import io.stemline.modelimport.spleeter.SpleeterImport;
import io.stemline.modelimport.spleeter.SpleeterModel;
import io.stemline.modelimport.spleeter.SpleeterRelease;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches models that others have published. */
@Command(
        name = "pull",
        description = {
            "Fetches a published model from its official address, checks it and imports it.",
            "There are spleeter:2stems, spleeter:4stems and spleeter:5stems, each also with -16kHz behind it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stemline models pull spleeter:4stems", "  stemline models pull spleeter:2stems-16kHz"},
        mixinStandardHelpOptions = true)
final class ModelsPullCommand implements Callable<Integer> {

    private static final String SPLEETER = "spleeter:";
    private static final String WIDE = "-16kHz";

    @Parameters(paramLabel = "NAME", description = "What to fetch.")
    private String name;

    @Option(names = "--id", paramLabel = "ID", description = "The model's name (default: spleeter-4stems and so on).")
    private Optional<String> id = Optional.empty();

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        boolean wide = name.endsWith(WIDE);
        SpleeterRelease release = release(wide ? name.substring(0, name.length() - WIDE.length()) : name);
        var plain = SpleeterImport.Wishes.NONE.withBins(wide ? SpleeterModel.BINS_16_KHZ : SpleeterModel.BINS);
        var wishes = id.map(plain::withId).orElse(plain);
        var importing = new SpleeterImport(new Models(Home.folder(), dataFolder.folder()).own());
        importing.requireFree(release.model(), wishes);
        try (var download = fetch(release)) {
            return show(importing.run(download.file(), wishes), common);
        } catch (UnreachableException e) {
            throw CommandFailure.because(e.getMessage() + System.lineSeparator() + byHand(release, wide));
        }
    }

    private static SpleeterRelease release(String wanted) {
        if (!wanted.startsWith(SPLEETER)) {
            throw CommandFailure.wrongUse("nothing is published as '%s'; there are: %s"
                    .formatted(
                            wanted,
                            Arrays.stream(SpleeterModel.values())
                                    .map(model -> SPLEETER + model.title())
                                    .collect(Collectors.joining(", "))));
        }
        try {
            return SpleeterRelease.named(wanted.substring(SPLEETER.length()));
        } catch (ModelException e) {
            throw CommandFailure.wrongUse(e.getMessage());
        }
    }

    private Download fetch(SpleeterRelease release) {
        try (var board = new ProgressBoard(common.terminal())) {
            return Download.fetch(
                    release.address(),
                    release.sha256(),
                    temporaryFolder(),
                    (bytes, total) -> board.show(List.of(new ProgressBoard.Bar(
                            name,
                            "fetching",
                            total.isPresent() ? (double) bytes / total.getAsLong() : 0,
                            "%.0f MB".formatted(bytes / 1e6)))));
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException e) {
            throw CommandFailure.because("the folder for temporary files cannot be made (" + e + ")");
        }
    }

    private static String byHand(SpleeterRelease release, boolean wide) {
        String file = Path.of(release.address().getPath()).getFileName().toString();
        return """
                By hand: fetch that address on a machine that reaches it, check the file
                  sha256sum %1$s    (must print %2$s)
                bring it here, and import it
                  stemline models import spleeter %1$s%3$s""".formatted(file, release.sha256(), wide ? " --16khz" : "");
    }

    /** Says what was imported. */
    static int show(ModelPackage model, CommonOptions common) {
        common.print(
                model::card,
                style -> "%s  %s in %s%nTry it: stemline separate song.mp3 -o stems --model %s"
                        .formatted(style.good("imported"), style.strong(model.id()), model.folder(), model.id()));
        return Stemline.ALL_WELL;
    }
}
