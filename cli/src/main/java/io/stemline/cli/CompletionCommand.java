package io.stemline.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete this command. */
@Command(
        name = "completion",
        description = "Prints a script that makes bash or zsh complete stemline's commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(stemline completion)",
            "  stemline completion > ~/.local/share/bash-completion/completions/stemline"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        String script = AutoComplete.bash("stemline", spec.root().commandLine());
        common.print(() -> Map.of("script", script), style -> script);
        return Stemline.ALL_WELL;
    }
}
