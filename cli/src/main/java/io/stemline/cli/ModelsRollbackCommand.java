package io.stemline.cli;

import io.stemline.cli.catalogue.RegisteredModel.Promotion;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the last promotion back. */
@Command(
        name = "rollback",
        description = "Makes the model active again that was so before the last change.",
        footerHeading = "%nExamples:%n",
        footer = "  stemline models rollback --reason 'drums are gone'",
        mixinStandardHelpOptions = true)
final class ModelsRollbackCommand implements Callable<Integer> {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with the promotion.")
    private Optional<String> reason = Optional.empty();

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        Promotion promotion = stack.ask(learning -> learning.rollBack(reason));
        common.print(() -> promotion, style -> ModelsPromoteCommand.render(promotion));
        return Stemline.ALL_WELL;
    }
}
