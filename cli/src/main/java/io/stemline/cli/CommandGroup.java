package io.stemline.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only gathers others: by itself it is wrong use, and says what there is. */
abstract class CommandGroup implements Runnable {

    private final String hint;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    /**
     * @param hint what to say to who names none of the commands
     */
    CommandGroup(String hint) {
        this.hint = hint;
    }

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), hint);
    }
}
