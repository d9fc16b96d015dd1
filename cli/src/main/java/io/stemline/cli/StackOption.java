package io.stemline.cli;

import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.Learning;
import java.net.URI;
import java.nio.file.Path;
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
        return new Catalogue(address());
    }

    /** Where the stack that is up is reached. */
    URI address() {
        return Stacks.requireUp(folder()).catalogue();
    }

    /** Where it keeps everything. */
    Path folder() {
        return dataFolder.folder();
    }
}
