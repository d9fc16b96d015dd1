package io.stemline.cli;

import io.stemline.cli.catalogue.RegisteredModel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides against a candidate by hand. */
@Command(
        name = "refuse",
        description = "Decides against a candidate; it is kept, and says why it was refused.",
        footerHeading = "%nExamples:%n",
        footer = "  stemline models refuse unet-2 --reason 'it hums'",
        mixinStandardHelpOptions = true)
final class ModelsRefuseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "As 'stemline models list' shows it.")
    private String id;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is kept with the model.")
    private String reason;

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        RegisteredModel.Whole model = stack.ask(learning -> learning.refuse(id, reason));
        common.print(
                () -> model, style -> "%s is refused.".formatted(model.model().modelId()));
        return Stemline.ALL_WELL;
    }
}
