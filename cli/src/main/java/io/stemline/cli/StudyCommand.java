package io.stemline.cli;

import picocli.CommandLine.Command;

/** Studies of what separation rests on. */
@Command(
        name = "study",
        description = "Shows what separation rests on, by experiment.",
        footerHeading = "%nExamples:%n",
        footer = "  stemline study stft --window 8192 --hop 1024..8192",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = StudyStftCommand.class)
final class StudyCommand extends CommandGroup {

    StudyCommand() {
        super("say what to study: stft");
    }
}
