package io.stemline.training.trainer;

import io.stemline.training.examples.Batch;
import io.stemline.training.examples.BatchFeed;
import io.stemline.training.examples.ValidationSet;
import io.stemline.training.network.TrainingNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network.
 *
 * <ol>
 *   <li>Go on from the checkpoint in the folder, if there is one. One of another configuration is refused.
 *   <li>Per step: take the batch that was prepared meanwhile and learn from it. A failure to make songs ends the run; the
 *       last checkpoint stays.
 *   <li>Every now and then: validate the averaged weights, remember them if they are the best, write a checkpoint. If that
 *       cannot be written the run ends.
 *   <li>At the end of the steps or of the time, or when {@link #stop} is called: validate, write a checkpoint, return.
 * </ol>
 */
public final class TrainingRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrainingRun.class);
    private static final String CHECKPOINT = "checkpoint.bin";

    /**
     * Where and how long.
     *
     * @param folder in which checkpoints are kept
     * @param timeLimit of the whole run, over interruptions
     * @param threads of TensorFlow, 0 for as many as there are cores
     * @param songThreads that make songs
     */
    public record Limits(Path folder, Optional<Duration> timeLimit, int threads, int songThreads) {}

    /**
     * What a run gives.
     *
     * @param weights the best by validation, for an inference network of the configuration
     * @param steps that were made
     * @param elapsed time spent, over interruptions
     * @param finished whether the steps or the time came to their end, instead of a stop from outside
     * @param lossDb validation loss of the weights
     */
    public record Outcome(Map<String, float[]> weights, int steps, Duration elapsed, boolean finished, double lossDb) {}

    private final TrainingConfiguration configuration;
    private final Limits limits;
    private final TrainingListener listener;
    private final Schedule schedule;
    private final AtomicBoolean stopped = new AtomicBoolean();

    public TrainingRun(TrainingConfiguration configuration, Limits limits, TrainingListener listener) {
        this.configuration = configuration;
        this.limits = limits;
        this.listener = listener;
        schedule = new Schedule(configuration, limits.timeLimit());
    }

    /** Ends the run after the step at hand, with a checkpoint. Can be called from any thread, such as a shutdown hook. */
    public void stop() {
        stopped.set(true);
    }

    /** Trains until the end or until stopped. */
    public Outcome run() throws InterruptedException {
        var settings = new TrainingNetwork.Settings(
                configuration.largestGradientNorm(),
                configuration.averageKeep(),
                configuration.seed(),
                limits.threads());
        Path file = limits.folder().resolve(CHECKPOINT);
        Optional<Checkpoint> checkpoint = Checkpoint.read(file, configuration);
        try (var network = new TrainingNetwork(configuration.network(), settings)) {
            checkpoint.ifPresent(found -> network.restore(found.state()));
            int firstStep = checkpoint.map(Checkpoint::step).orElse(0);
            try (var feed = feed(firstStep);
                    var validation = validation(network)) {
                return new Loop(network, feed, validation, file, checkpoint).run();
            }
        }
    }

    private BatchFeed feed(int firstStep) {
        return new BatchFeed(
                configuration.curriculum(),
                configuration.spectrum(),
                configuration.augmentation(),
                configuration.network().frames(),
                configuration.batchSize(),
                configuration.seed(),
                firstStep,
                limits.songThreads());
    }

    private Validation validation(TrainingNetwork network) {
        var batches = ValidationSet.of(
                configuration.validationSeed(),
                configuration.curriculum().songSeconds(),
                configuration.spectrum(),
                configuration.network().frames(),
                configuration.validationChunks(),
                configuration.batchSize());
        return new Validation(configuration.network(), batches, network.inferenceWeights(network.state()));
    }

    /** The loop with what changes in it. */
    private final class Loop {
        private final TrainingNetwork network;
        private final BatchFeed feed;
        private final Validation validation;
        private final Path file;
        private final Pace pace = new Pace();
        private final Duration before;
        private final long startedNanos = System.nanoTime();
        private int step;
        private double bestLoss;
        private Map<String, float[]> best;

        Loop(
                TrainingNetwork network,
                BatchFeed feed,
                Validation validation,
                Path file,
                Optional<Checkpoint> checkpoint) {
            this.network = network;
            this.feed = feed;
            this.validation = validation;
            this.file = file;
            before = checkpoint.map(Checkpoint::elapsed).orElse(Duration.ZERO);
            step = checkpoint.map(Checkpoint::step).orElse(0);
            bestLoss = checkpoint.map(Checkpoint::bestLoss).orElse(Double.MAX_VALUE);
            best = checkpoint.map(Checkpoint::best).orElse(Map.of());
        }

        Outcome run() throws InterruptedException {
            int validatedStep = -1;
            while (!stopped.get() && progress() < 1) {
                learn();
                if (step % configuration.validationEvery() == 0) {
                    validateAndKeep();
                    validatedStep = step;
                }
            }
            boolean finished = progress() >= 1;
            if (validatedStep != step) {
                validateAndKeep();
            }
            LOGGER.atInfo()
                    .addKeyValue("steps", step)
                    .addKeyValue("seconds", elapsed().toSeconds())
                    .log(finished ? "Training finished" : "Training stopped, it can be resumed");
            return new Outcome(best, step, elapsed(), finished, bestLoss);
        }

        private Duration elapsed() {
            return before.plusNanos(System.nanoTime() - startedNanos);
        }

        private double progress() {
            return schedule.progress(step, elapsed());
        }

        private void learn() throws InterruptedException {
            Batch batch = feed.next();
            double progress = progress();
            double rate = schedule.learningRate(step, progress);
            double decibels = step < configuration.decibelStep() ? 0 : 1;
            var learned = network.learn(batch.mixtures(), batch.targets(), batch.size(), rate, decibels);
            step++;
            if (!Float.isFinite(learned.loss())) {
                throw new IllegalStateException("The loss of step " + step + " is " + learned.loss()
                        + "; the last checkpoint is " + file + ". A smaller learning rate may help");
            }
            pace.stepped();
            listener.stepped(step, learned.loss(), rate, pace.stepsPerSecond(), left());
        }

        private Duration left() {
            double perSecond = pace.stepsPerSecond();
            double bySteps = perSecond > 0 ? (configuration.steps() - step) / perSecond : Double.MAX_VALUE;
            double byTime = limits.timeLimit()
                    .map(limit -> limit.minus(elapsed()).toMillis() / 1000.0)
                    .orElse(Double.MAX_VALUE);
            return Duration.ofSeconds((long) Math.max(0, Math.min(bySteps, byTime)));
        }

        private void validateAndKeep() {
            Map<String, float[]> state = network.state();
            Map<String, float[]> weights = network.inferenceWeights(state);
            Validation.Figures figures = validation.of(weights);
            boolean better = figures.mean() < bestLoss;
            if (better) {
                bestLoss = figures.mean();
                best = weights;
            }
            listener.validated(step, figures.byStemDb(), figures.mean(), better);
            new Checkpoint(configuration, step, elapsed(), state, bestLoss, best).write(file);
        }
    }
}
