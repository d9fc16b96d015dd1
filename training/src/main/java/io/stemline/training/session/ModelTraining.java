package io.stemline.training.session;

import io.stemline.separation.model.ModelPackage;
import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.DatasetSettings;
import io.stemline.training.datasets.Datasets;
import io.stemline.training.datasets.TrackList;
import io.stemline.training.export.ModelPublication;
import io.stemline.training.folder.Configurations;
import io.stemline.training.folder.FolderException;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.trainer.TrainingConfiguration;
import io.stemline.training.trainer.TrainingListener;
import io.stemline.training.trainer.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/**
 * Trains the model of a folder.
 *
 * <ol>
 *   <li>Read the settings, keep other trainers out, open the data set. Nothing is written before all three have succeeded.
 *   <li>Train, from the checkpoint if there is one. Figures, curves and examples are written at every validation; the last
 *       good checkpoint stays whatever happens.
 *   <li>When the run has come to its end: write the model package and its scores. A run that was stopped has none yet.
 * </ol>
 */
public final class ModelTraining {
    private static final String CHECKPOINT = "checkpoint.bin";

    /**
     * How to train.
     *
     * @param resume whether to go on from a checkpoint; without, one in the folder is in the way
     * @param from a model whose weights to start from where there is no checkpoint yet
     * @param timeLimit of the whole run, over interruptions
     * @param threads of TensorFlow, 0 for as many as there are cores
     * @param feedThreads that read and mix
     * @param codeVersion for the model's card
     */
    public record Options(
            boolean resume,
            Optional<ParentModel> from,
            Optional<Duration> timeLimit,
            int threads,
            int feedThreads,
            String codeVersion) {}

    /**
     * What came of it.
     *
     * @param model the package, if the run came to its end
     */
    public record Result(TrainingRun.Outcome outcome, Optional<ModelPackage> model) {}

    private final ModelFolder folder;
    private final TrainingConfiguration configuration;
    private final Options options;
    private final Optional<Map<String, float[]>> firstWeights;
    private volatile Optional<TrainingRun> running = Optional.empty();
    private volatile boolean stopped;

    /**
     * Reads the settings of a folder and makes sure that training can begin.
     *
     * @throws FolderException if the folder is not fit for it, or the model to start from is another kind of network
     */
    public ModelTraining(ModelFolder folder, Options options) {
        this.folder = folder.requireFor(ModelFolder.Purpose.TRAINING);
        this.options = options;
        configuration = Configurations.of(TrainingConfiguration.class).read(folder.configuration());
        if (folder.hasCheckpoint() && !options.resume()) {
            throw new FolderException(folder.path()
                    + ": has been trained already; add --resume to go on, or choose another name for a new model");
        }
        firstWeights = options.from().map(parent -> parent.weightsFor(configuration.network()));
    }

    public TrainingConfiguration configuration() {
        return configuration;
    }

    /** Opens a data set as the model needs it. */
    public Dataset open(String location, DatasetSettings settings) {
        return Datasets.open(location, WantedStems.of(configuration.network(), settings));
    }

    /** Opens tracks that are listed one by one as the model needs them. */
    public Dataset open(TrackList tracks, DatasetSettings settings) {
        return Datasets.open(tracks, WantedStems.of(configuration.network(), settings, tracks.labels()));
    }

    /** Ends training after the step at hand, with a checkpoint. */
    public void stop() {
        stopped = true;
        running.ifPresent(TrainingRun::stop);
    }

    /** Trains until the end or until stopped. */
    public Result run(Dataset dataset, TrainingListener listener) throws InterruptedException {
        try (var lock = folder.lock();
                var record = RunRecord.open(folder, configuration, nextStep())) {
            var limits = new TrainingRun.Limits(
                    folder.checkpoint(CHECKPOINT), options.timeLimit(), options.threads(), options.feedThreads());
            TrainingRun run = new TrainingRun(configuration, dataset, limits, record.and(listener));
            firstWeights.ifPresent(run::startingFrom);
            if (!folder.hasCheckpoint()) {
                folder.keepParent(options.from().map(ParentModel::id));
            }
            running = Optional.of(run);
            if (stopped) {
                run.stop();
            }
            TrainingRun.Outcome outcome = run.run();
            return new Result(outcome, outcome.finished() ? Optional.of(export(dataset, outcome)) : Optional.empty());
        }
    }

    /** Writes the package; one from an earlier end of this run makes room once the new one is whole. */
    private ModelPackage export(Dataset dataset, TrainingRun.Outcome outcome) {
        var publication = new ModelPublication(configuration, dataset, outcome, options.codeVersion(), folder.parent());
        Path exported = folder.exported().resolve(folder.modelId());
        Path next = folder.exported().resolve(".next");
        try {
            FileUtils.deleteDirectory(next.toFile());
            Path made = publication.publish(next, folder.modelId()).folder();
            FileUtils.deleteDirectory(exported.toFile());
            Files.move(made, exported, StandardCopyOption.ATOMIC_MOVE);
            FileUtils.deleteDirectory(next.toFile());
            return ModelPackage.load(exported);
        } catch (IOException e) {
            throw new FolderException(exported + ": the model cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private long nextStep() {
        return TrainingRun.outcome(configuration, folder.checkpoint(CHECKPOINT))
                .map(TrainingRun.Outcome::steps)
                .orElse(0L);
    }
}
