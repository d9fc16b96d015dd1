package io.stemline.cli;

import io.stemline.modelimport.SavedModelImport;
import io.stemline.modelimport.spleeter.SpleeterImport;
import io.stemline.modelimport.spleeter.SpleeterModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes models of files that are here. */
@Command(
        name = "import",
        description = "Makes a model of a checkpoint of Spleeter's, or of any TensorFlow SavedModel.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline models import spleeter 4stems.tar.gz",
            "  stemline models import saved-model exported --card model.json"
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {ModelsImportCommand.SpleeterCommand.class, ModelsImportCommand.SavedModelCommand.class})
final class ModelsImportCommand extends CommandGroup {

    ModelsImportCommand() {
        super("say what to import: spleeter or saved-model");
    }

    /** Of Spleeter. */
    @Command(
            name = "spleeter",
            description = {
                "Makes a model of a checkpoint of Spleeter's with 2, 4 or 5 stems.",
                "How many stems it has is found out. The stems are the same as Spleeter's; Python is not needed."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  stemline models import spleeter 4stems.tar.gz",
                "  stemline models import spleeter pretrained_models/2stems --16khz --id spleeter-wide"
            },
            mixinStandardHelpOptions = true)
    static final class SpleeterCommand implements Callable<Integer> {

        @Parameters(paramLabel = "DIR-or-TAR.GZ", description = "The checkpoint's folder, or the archive of it.")
        private Path source;

        @Option(
                names = "--id",
                paramLabel = "ID",
                description = "The model's name (default: spleeter-4stems and so on).")
        private Optional<String> id = Optional.empty();

        @Option(
                names = "--licence",
                paramLabel = "SPDX",
                defaultValue = "MIT",
                description = "Licence of the weights; Spleeter's own are under ${DEFAULT-VALUE}.")
        private String licence;

        @Option(
                names = "--16khz",
                description = "Spleeter's 16 kHz settings: the network sees frequencies up to 16 instead of 11 kHz.")
        private boolean wide;

        @Mixin
        private DataFolderOption dataFolder;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            var wishes = new SpleeterImport.Wishes(id, licence, wide ? SpleeterModel.BINS_16_KHZ : SpleeterModel.BINS);
            var models = new Models(Home.folder(), dataFolder.folder());
            return ModelsPullCommand.show(new SpleeterImport(models.own()).run(source, wishes), common);
        }
    }

    /** Of anybody. */
    @Command(
            name = "saved-model",
            description = {
                "Makes a model of a TensorFlow SavedModel and a card that describes it.",
                "The network is run once; a network that is not what the card says is refused."
            },
            footerHeading = "%nExamples:%n",
            footer = "  stemline models import saved-model exported --card model.json",
            mixinStandardHelpOptions = true)
    static final class SavedModelCommand implements Callable<Integer> {

        @Parameters(paramLabel = "DIR", description = "The folder with saved_model.pb.")
        private Path savedModel;

        @Option(
                names = "--card",
                paramLabel = "FILE",
                required = true,
                description = "The card: a model.json as docs/models.md describes it.")
        private Path card;

        @Mixin
        private DataFolderOption dataFolder;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            var models = new Models(Home.folder(), dataFolder.folder());
            return ModelsPullCommand.show(SavedModelImport.run(savedModel, card, models.own()), common);
        }
    }
}
