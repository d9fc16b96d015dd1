package io.stemline.training.trainer;

import io.stemline.training.batches.Batch;
import io.stemline.training.batches.BatchFeed;
import io.stemline.training.batches.ChunkSettings;
import io.stemline.training.batches.ValidationBatches;
import io.stemline.training.datasets.Dataset;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.learning.Yardstick;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network.
 *
 * <ol>
 *   <li>Go on from the checkpoint, if there is one. One of another configuration is refused. Without one, start at random
 *       weights or at those of another model; these are validated first, so that what is kept is no worse than that model.
 *   <li>Per step: take the batches that were prepared meanwhile and learn from them. A failure to make them ends the run;
 *       the last checkpoint stays. So does a loss that is no number.
 *   <li>Every now and then: validate the averaged weights, remember them if they are the best, write a checkpoint. If that
 *       cannot be written the run ends.
 *   <li>At the end of the steps, of the time or of the patience, or when {@link #stop} is called: validate, write a
 *       checkpoint, return.
 * </ol>
 */
public final class TrainingRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrainingRun.class);

    /**
     * Where and how long.
     *
     * @param checkpoint the file that is kept up to date
     * @param timeLimit of the whole run, over interruptions
     * @param threads of TensorFlow, 0 for as many as there are cores
     * @param feedThreads that read and mix
     */
    public record Limits(Path checkpoint, Optional<Duration> timeLimit, int threads, int feedThreads) {}

    /**
     * What a run gives.
     *
     * @param weights the best by validation, for an inference network of the configuration
     * @param steps that were made
     * @param elapsed time spent, over interruptions
     * @param finished whether the run came to its end, instead of a stop from outside
     * @param lossDb validation figure of the weights
     */
    public record Outcome(
            Map<String, float[]> weights, long steps, Duration elapsed, boolean finished, double lossDb) {}

    private final TrainingConfiguration configuration;
    private final Dataset dataset;
    private final Limits limits;
    private final TrainingListener listener;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private Optional<Map<String, float[]>> firstWeights = Optional.empty();

    /**
     * @param dataset at the rate, with the channels and the stems of the configuration's network
     */
    public TrainingRun(TrainingConfiguration configuration, Dataset dataset, Limits limits, TrainingListener listener) {
        this.configuration = configuration;
        this.dataset = dataset;
        this.limits = limits;
        this.listener = listener;
    }

    /**
     * Starts at these weights where there is no checkpoint yet.
     *
     * @param weights for an inference network of the configuration
     */
    public TrainingRun startingFrom(Map<String, float[]> weights) {
        firstWeights = Optional.of(weights);
        return this;
    }

    /** Ends the run after the step at hand, with a checkpoint. Can be called from any thread, such as a shutdown hook. */
    public void stop() {
        stopped.set(true);
    }

    /** What a run left behind, without training. */
    public static Optional<Outcome> outcome(TrainingConfiguration configuration, Path checkpoint) {
        return Checkpoint.read(checkpoint, configuration).map(found -> {
            Progress progress = new Progress(configuration, Optional.empty(), Optional.of(found));
            return new Outcome(found.best(), found.step(), found.elapsed(), progress.atItsEnd(), progress.bestDb());
        });
    }

    /** Trains until the end or until stopped. */
    public Outcome run() throws InterruptedException {
        var settings = new TrainingNetwork.Settings(
                configuration.optimiser(),
                configuration.largestGradientNorm(),
                configuration.batchesPerStep(),
                configuration.averageKeep(),
                configuration.seed(),
                limits.threads());
        Optional<Checkpoint> checkpoint = Checkpoint.read(limits.checkpoint(), configuration);
        var chunks = new ChunkSettings(configuration.network().input().lengthSamples(), configuration.batchSize());
        List<Batch> validation =
                ValidationBatches.of(dataset, chunks, configuration.validationChunks(), configuration.seed());
        long firstBatch = checkpoint.map(Checkpoint::step).orElse(0L) * configuration.batchesPerStep();
        try (var network = new TrainingNetwork(configuration.network(), configuration.loss(), settings);
                var yardstick = new Yardstick(configuration.network(), limits.threads());
                var feed = new BatchFeed(
                        dataset,
                        configuration.curriculum(),
                        configuration.augmentation(),
                        chunks,
                        configuration.seed(),
                        firstBatch,
                        limits.feedThreads())) {
            checkpoint.ifPresent(found -> network.restore(found.state()));
            Loop loop = new Loop(network, feed, yardstick, validation, checkpoint);
            if (checkpoint.isEmpty() && firstWeights.isPresent()) {
                network.startFrom(firstWeights.get(), validation);
                loop.validateAndKeep();
            }
            return loop.run();
        }
    }

    /** The loop with what changes in it. */
    private final class Loop {
        private final TrainingNetwork network;
        private final BatchFeed feed;
        private final Yardstick yardstick;
        private final List<Batch> validation;
        private final Progress progress;
        private final Pace pace = new Pace();
        private Map<String, float[]> best;

        Loop(
                TrainingNetwork network,
                BatchFeed feed,
                Yardstick yardstick,
                List<Batch> validation,
                Optional<Checkpoint> checkpoint) {
            this.network = network;
            this.feed = feed;
            this.yardstick = yardstick;
            this.validation = validation;
            progress = new Progress(configuration, limits.timeLimit(), checkpoint);
            best = checkpoint.map(Checkpoint::best).orElse(Map.of());
        }

        Outcome run() throws InterruptedException {
            long validatedStep = -1;
            while (!stopped.get() && !progress.atItsEnd()) {
                learn();
                if (progress.step() % configuration.validationEvery() == 0) {
                    validateAndKeep();
                    validatedStep = progress.step();
                }
            }
            boolean finished = progress.atItsEnd();
            if (validatedStep != progress.step()) {
                validateAndKeep();
            }
            LOGGER.atInfo()
                    .addKeyValue("steps", progress.step())
                    .addKeyValue("seconds", progress.elapsed().toSeconds())
                    .log(finished ? "Training finished" : "Training stopped, it can be resumed");
            return new Outcome(best, progress.step(), progress.elapsed(), finished, progress.bestDb());
        }

        private void learn() throws InterruptedException {
            pace.started();
            List<Batch> batches = new ArrayList<>();
            for (int i = 0; i < configuration.batchesPerStep(); i++) {
                batches.add(feed.next());
            }
            double rate = progress.learningRate();
            double later = configuration.loss().laterShare(progress.step());
            var learned = network.learn(batches, progress.step(), rate, later);
            progress.stepped();
            if (!Float.isFinite(learned.loss())) {
                throw new IllegalStateException("The loss of step " + progress.step() + " is " + learned.loss()
                        + "; the last checkpoint is " + limits.checkpoint() + ". A smaller learning rate may help");
            }
            pace.stepped(learned.secondsInside());
            listener.stepped(new TrainingListener.Stepped(
                    progress.step(),
                    learned.loss(),
                    learned.gradientNorm(),
                    rate,
                    pace.stepsPerSecond(),
                    pace.insideShare(),
                    pace.share(feed.waited()),
                    progress.elapsed(),
                    progress.left(pace.stepsPerSecond())));
        }

        private void validateAndKeep() {
            Map<String, float[]> state = network.state();
            Map<String, float[]> weights = network.inferenceWeights(state);
            Map<String, Double> byStem = yardstick.of(weights, validation);
            double mean = byStem.values().stream()
                    .mapToDouble(value -> value)
                    .average()
                    .orElseThrow();
            boolean better = progress.validated(mean);
            if (better) {
                best = weights;
            }
            new Checkpoint(configuration, progress.step(), progress.elapsed(), progress.validations(), state, best)
                    .write(limits.checkpoint());
            var validated =
                    new TrainingListener.Validated(progress.step(), byStem, mean, better, progress.elapsed(), weights);
            listener.validated(validated);
            if (listener.wantsToHear(validated)) {
                Batch first = validation.getFirst();
                listener.separated(validated, first, yardstick.estimates(first));
            }
        }
    }
}
