package io.stemline.cli;

import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.training.folder.Configurations;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.folder.SettingDescription;
import io.stemline.training.session.Blueprint;
import io.stemline.training.session.LossChoice;
import io.stemline.training.session.OptimiserChoice;
import io.stemline.training.session.ScheduleChoice;
import io.stemline.training.trainer.TrainingConfiguration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes model folders and changes their settings. */
@Command(
        name = "config",
        description = {
            "Makes the folder of a model that is to be trained, or changes its settings.",
            "Every setting is a flag: --learning-rate 0.001, --mask-activation relu. --display lists them all."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline config my_model UNet --batch-size 8 --display",
            "  stemline config my_model --learning-rate 0.0005"
        },
        mixinStandardHelpOptions = true,
        preprocessor = SettingFlags.class)
final class ConfigCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's folder.")
    private Path model;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NETWORK", description = "The network of a new model.")
    private Optional<String> network = Optional.empty();

    @Option(names = "--save", paramLabel = "DIR", description = "Make the folder in DIR (default: here).")
    private Optional<Path> parent = Optional.empty();

    @Option(
            names = {"--loss", "--criterion"},
            paramLabel = "NAME",
            description = "Another loss, with its default settings: ${COMPLETION-CANDIDATES}.")
    private Optional<LossChoice> loss = Optional.empty();

    @Option(
            names = "--optimiser",
            paramLabel = "NAME",
            description = "Another optimiser, with its default settings: ${COMPLETION-CANDIDATES}.")
    private Optional<OptimiserChoice> optimiser = Optional.empty();

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "Another course of the learning rate, with its default settings: ${COMPLETION-CANDIDATES}.")
    private Optional<ScheduleChoice> schedule = Optional.empty();

    @Option(names = "--display", description = "Show all settings with what they mean.")
    private boolean display;

    @Option(names = SettingFlags.SET, paramLabel = "SETTING=VALUE", hidden = true)
    private LinkedHashMap<String, String> settings = new LinkedHashMap<>();

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        ModelFolder folder =
                ModelFolder.at(parent.map(there -> there.resolve(model)).orElse(model));
        var configurations = Configurations.of(TrainingConfiguration.class);
        TrainingConfiguration before = network.isPresent()
                ? blueprint(network.get()).configuration()
                : configurations.read(
                        folder.requireFor(ModelFolder.Purpose.CONFIGURATION).configuration());
        TrainingConfiguration after = configurations.with(chosen(before), settings);
        if (network.isPresent()) {
            folder.create();
        }
        configurations.write(folder.configuration(), after);
        common.print(() -> after, style -> render(folder, configurations, before, after, style));
        return Stemline.ALL_WELL;
    }

    /** With another loss, optimiser or schedule where they are asked for. */
    private TrainingConfiguration chosen(TrainingConfiguration configuration) {
        return configuration.with(
                loss.map(choice -> choice.loss(configuration.network())).orElse(configuration.loss()),
                optimiser.map(OptimiserChoice::optimiser).orElse(configuration.optimiser()),
                schedule.map(choice -> choice.schedule(configuration.schedule()))
                        .orElse(configuration.schedule()));
    }

    private static Blueprint blueprint(String name) {
        return Blueprint.find(name)
                .orElseThrow(() -> CommandFailure.wrongUse(
                        "there is no network '%s'; there are: %s".formatted(name, Blueprint.names())));
    }

    private String render(
            ModelFolder folder,
            Configurations<TrainingConfiguration> configurations,
            TrainingConfiguration before,
            TrainingConfiguration after,
            Style style) {
        if (display) {
            Table table = Table.of("setting", "value", "what it is");
            configurations
                    .describe(after)
                    .forEach(setting -> table.row(setting.flag(), setting.value(), words(setting)));
            return table.render(style);
        }
        List<String> changes = configurations.differences(before, after);
        String written = folder.configuration() + System.lineSeparator();
        return changes.isEmpty() ? written : written + String.join(System.lineSeparator(), changes);
    }

    private static String words(SettingDescription setting) {
        String limits = setting.limits().isEmpty() ? "" : " (" + setting.limits() + ")";
        return setting.documentation() + limits;
    }
}
