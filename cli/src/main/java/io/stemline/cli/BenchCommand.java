package io.stemline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measurements on this machine. */
@Command(
        name = "bench",
        description = "Measures how fast this machine separates.",
        footerHeading = "%nExamples:%n",
        footer = "  stemline bench separate",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {BenchSeparateCommand.class, BenchOneCommand.class})
final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to measure: separate");
    }
}
