package io.stemline.cli;

import io.stemline.cli.catalogue.RetrainingRequest.Asked;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A person asks for a better model. */
@Command(
        name = "retrain",
        description =
                "Asks for a better model; it is trained, tried beside the active one, and takes over if it is better.",
        footerHeading = "%nExamples:%n",
        footer = {"  stemline retrain --reason 'live recordings hum'", "  stemline retrain --now"},
        mixinStandardHelpOptions = true)
final class RetrainCommand implements Callable<Integer> {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with the request.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--now", description = "Insist, though another request was closed a short time ago.")
    private boolean now;

    @Mixin
    private StackOption stack;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        Asked asked = stack.ask(learning -> learning.ask(reason, now));
        common.print(
                () -> asked,
                style -> "%s %s; 'stemline requests' shows what becomes of it."
                        .formatted(
                                asked.joined() ? "A request was open already:" : "Asked:",
                                style.strong(asked.request().requestId())));
        return Stemline.ALL_WELL;
    }
}
