package io.stemline.cli;

import io.stemline.cli.catalogue.RegisteredModel.Promotion;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a model the active one by hand. */
@Command(
        name = "promote",
        description = "Makes a registered model the active one; separators change over between two tracks.",
        footerHeading = "%nExamples:%n",
        footer = "  stemline models promote unet-2 --reason 'sounds better'",
        mixinStandardHelpOptions = true)
final class ModelsPromoteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "As 'stemline models list' shows it.")
    private String id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with the promotion.")
    private Optional<String> reason = Optional.empty();

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        Promotion promotion = stack.ask(learning -> learning.promote(id, reason));
        common.print(() -> promotion, style -> render(promotion));
        return Stemline.ALL_WELL;
    }

    /** A change of the active model, in a sentence. */
    static String render(Promotion promotion) {
        return "%s is active now%s."
                .formatted(
                        promotion.modelId(),
                        promotion.previousModelId().map(id -> ", after " + id).orElse(""));
    }
}
