package io.stemline.cli;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import io.stemline.cli.catalogue.TrackReferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** True stems of tracks. */
@Command(
        name = "references",
        description = "Gives tracks their true stems.",
        footerHeading = "%nExamples:%n",
        footer = "  stemline references add song.flac ~/stems/song",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = ReferencesCommand.AddCommand.class)
final class ReferencesCommand extends CommandGroup {

    private static final Pattern TRACK_ID = Pattern.compile("[0-9a-f]{64}");

    ReferencesCommand() {
        super("say what to do: add");
    }

    /** Adds them. */
    @Command(
            name = "add",
            description =
                    "Gives a track its true stems: what was separated of it is scored against them, and models can learn.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  stemline references add song.flac ~/stems/song",
                "",
                "DIR has an audio file for each stem, named after it: vocals.wav, drums.wav, ..."
            },
            mixinStandardHelpOptions = true)
    static final class AddCommand implements Callable<Integer> {

        @Parameters(paramLabel = "TRACK", description = "A track's id, or the audio file that it was made of.")
        private String track;

        @Parameters(paramLabel = "DIR", description = "The folder with its stems.")
        private Path folder;

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            Path stems = SubmittedPaths.existing(List.of(folder)).getFirst();
            TrackReferences references = stack.ask(learning -> learning.addReferences(trackId(track), stems));
            common.print(
                    () -> references,
                    style -> "%s: %s. %s"
                            .formatted(
                                    style.strong(references.trackId()),
                                    String.join(", ", references.stems()),
                                    references.changed()
                                            ? "Split: %s; what was separated of it is scored again."
                                                    .formatted(LearningTexts.word(references.split()))
                                            : "Nothing is new."));
            return Stemline.ALL_WELL;
        }
    }

    private static String trackId(String track) {
        if (TRACK_ID.matcher(track).matches()) {
            return track;
        }
        Path file = Path.of(track);
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.wrongUse("%s: is neither a track's id nor an audio file".formatted(track));
        }
        try {
            return new DigestUtils(SHA_256).digestAsHex(file);
        } catch (IOException e) {
            throw CommandFailure.because("%s: cannot be read (%s)".formatted(track, e.getMessage()));
        }
    }
}
