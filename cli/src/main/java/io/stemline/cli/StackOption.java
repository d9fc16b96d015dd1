package io.stemline.cli;

import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.Learning;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** The stack that a command asks. */
final class StackOption {

    @Mixin
    private DataFolderOption dataFolder;

    /** Asks the stack that is up. */
    <T> T ask(Function<Learning, T> question) {
        try (var catalogue = catalogue()) {
            return question.apply(new Learning(catalogue));
        }
    }

    /** The API of the stack that is up. */
    Catalogue catalogue() {
        return new Catalogue(Stacks.requireUp(dataFolder.folder()).catalogue());
    }
}
