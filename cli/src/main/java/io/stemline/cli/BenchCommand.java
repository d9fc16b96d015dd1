package io.stemline.cli;

import picocli.CommandLine.Command;

/** Measurements on this machine. */
@Command(
        name = "bench",
        description = "Measures how fast this machine separates.",
        footerHeading = "%nExamples:%n",
        footer = "  stemline bench separate",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {BenchSeparateCommand.class, BenchOneCommand.class})
final class BenchCommand extends CommandGroup {

    BenchCommand() {
        super("say what to measure: separate");
    }
}
