package io.stemline.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the stack keeps everything. */
final class DataFolderOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".stemline",
            description = "Where Stemline keeps its data, logs and models (default: ${DEFAULT-VALUE}).")
    private Path folder;

    Path folder() {
        return folder.toAbsolutePath().normalize();
    }
}
