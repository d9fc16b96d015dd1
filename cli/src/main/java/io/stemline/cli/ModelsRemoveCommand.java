package io.stemline.cli;

import io.stemline.modelimport.Admission;
import java.io.Console;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a model. */
@Command(
        name = "remove",
        description = "Deletes a model of the data folder. The default model and those that come with Stemline stay.",
        footerHeading = "%nExamples:%n",
        footer = "  stemline models remove spleeter-4stems -y",
        mixinStandardHelpOptions = true)
final class ModelsRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "As 'stemline models list' shows it.")
    private String id;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean agreed;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        Path folder = new Models(Home.folder(), dataFolder.folder()).removable(id);
        if (!agreed && !isConfirmed(folder)) {
            common.terminal().say("Nothing was removed.");
            return Stemline.SOMETHING_FAILED;
        }
        Admission.delete(folder);
        common.print(() -> Map.of("removed", folder.toString()), style -> "Removed " + id + " (" + folder + ").");
        return Stemline.ALL_WELL;
    }

    private boolean isConfirmed(Path folder) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw CommandFailure.wrongUse("nobody is here to ask whether %s may go; say -y".formatted(folder));
        }
        return console.readLine("Remove %s? [y/N] ", folder).strip().equalsIgnoreCase("y");
    }
}
