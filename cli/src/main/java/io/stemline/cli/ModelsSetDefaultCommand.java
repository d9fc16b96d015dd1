package io.stemline.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Chooses the model for those who do not choose. */
@Command(
        name = "set-default",
        description = "Makes a model the one that separates where no other is asked for, with this data folder.",
        footerHeading = "%nExamples:%n",
        footer = "  stemline models set-default spleeter-4stems",
        mixinStandardHelpOptions = true)
final class ModelsSetDefaultCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "As 'stemline models list' shows it.")
    private String id;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        new Models(Home.folder(), dataFolder.folder()).setDefault(id);
        common.print(() -> Map.of("default", id), style -> style.strong(id) + " is the default model now.");
        return Stemline.ALL_WELL;
    }
}
