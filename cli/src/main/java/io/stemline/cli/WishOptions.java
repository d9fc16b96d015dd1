package io.stemline.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How tracks are to be separated. */
final class WishOptions {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "ID",
            description =
                    "The model that separates; 'stemline models list' names them (default: the one that is active).")
    private Optional<String> modelId = Optional.empty();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "wav",
            description = "How stems are written: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, 32-bit float).")
    private StemFormat format;

    Optional<String> modelId() {
        return modelId;
    }

    StemFormat format() {
        return format;
    }
}
