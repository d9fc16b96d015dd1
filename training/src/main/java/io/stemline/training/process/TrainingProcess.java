package io.stemline.training.process;

import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.DatasetException;
import io.stemline.training.datasets.DatasetSettings;
import io.stemline.training.folder.Configurations;
import io.stemline.training.folder.FolderException;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.session.ModelTraining;
import io.stemline.training.session.ParentModel;
import io.stemline.training.trainer.TrainingConfiguration;
import io.stemline.training.trainer.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Carries out a {@link TrainingOrder}: {@code java … TrainingProcess FOLDER}.
 *
 * <ol>
 *   <li>Read the order; go on from the checkpoint in the folder, if there is one.
 *   <li>Train, and say how it goes with {@link TrainingMessage}s.
 *   <li>At the end of the run write the package, say where it is, and end with {@value #TRAINED}.
 * </ol>
 * What no repetition helps with is said as {@link TrainingMessage.Refused}, and the process ends with {@value #REFUSED}.
 * When standard input ends, because whoever started the process stops it or is gone, training ends after the step at hand,
 * with a checkpoint, and the process with {@value #STOPPED}; what takes longer than {@value #SECONDS_TO_STOP} s is cut off.
 */
public final class TrainingProcess {
    /** Exit code: the package is written. */
    public static final int TRAINED = 0;

    /** Exit code: see {@link TrainingMessage.Refused}. */
    public static final int REFUSED = 3;

    /** Exit code: stopped before the end. */
    public static final int STOPPED = 4;

    private static final int SECONDS_TO_STOP = 15;
    private static final int CUT_OFF = 75;
    private static final long BETWEEN_STEPS_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path folder;
    private final PrintStream messages;

    private TrainingProcess(Path folder, PrintStream messages) {
        this.folder = folder;
        this.messages = messages;
    }

    /** @param arguments the order's folder */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream messages = System.out;
        // Messages have standard output to themselves.
        System.setOut(System.err);
        int code = new TrainingProcess(Path.of(arguments[0]), messages).run();
        messages.flush();
        // Threads of native libraries do not keep it alive.
        Runtime.getRuntime().halt(code);
    }

    private int run() throws InterruptedException {
        try {
            return train(TrainingOrder.read(folder));
        } catch (FolderException | DatasetException | IllegalArgumentException | IllegalStateException e) {
            say(new TrainingMessage.Refused(e.getMessage()));
            return REFUSED;
        }
    }

    private int train(TrainingOrder order) throws InterruptedException {
        ModelFolder model = ModelFolder.at(order.modelFolder(folder));
        var configurations = Configurations.of(TrainingConfiguration.class);
        configurations.write(model.configuration(), configurations.parse(order.configuration(), "the configuration"));
        var options = new ModelTraining.Options(
                true,
                order.parent().map(ParentModel::open),
                order.minutes().map(Duration::ofMinutes),
                order.threads(),
                1,
                order.codeVersion());
        var training = new ModelTraining(model, options);
        stopWithStandardInput(training);
        Dataset dataset =
                training.open(order.tracks(), DatasetSettings.standard().withIndex(folder.resolve("index.json")));
        say(new TrainingMessage.Opened(dataset.report().summary()));
        ModelTraining.Result result =
                training.run(dataset, new Speaker(training.configuration().steps()));
        return result.model()
                .map(exported -> {
                    String sha256 = exported.card().weights().orElseThrow().sha256();
                    say(new TrainingMessage.Exported(exported.folder().toString(), sha256));
                    return TRAINED;
                })
                .orElse(STOPPED);
    }

    private static void stopWithStandardInput(ModelTraining training) {
        Thread.ofPlatform().daemon().name("standard-input").start(() -> {
            awaitEnd(System.in);
            training.stop();
            try {
                Thread.sleep(Duration.ofSeconds(SECONDS_TO_STOP));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(CUT_OFF);
        });
    }

    private static void awaitEnd(InputStream input) {
        byte[] ignored = new byte[256];
        try {
            while (input.read(ignored) >= 0) {
                continue;
            }
        } catch (IOException e) {
            // A pipe that cannot be read any more has nobody at its other end.
            return;
        }
    }

    private synchronized void say(TrainingMessage message) {
        messages.println(message.line());
        messages.flush();
    }

    /** Says what a run is heard to do. */
    private final class Speaker implements TrainingListener {
        private final long steps;
        private double loss = Double.NaN;
        private long spokenNanos = System.nanoTime() - BETWEEN_STEPS_NANOS;

        Speaker(long steps) {
            this.steps = steps;
        }

        @Override
        public void stepped(Stepped step) {
            loss = step.loss();
            long now = System.nanoTime();
            if (now - spokenNanos >= BETWEEN_STEPS_NANOS) {
                spokenNanos = now;
                double ofTime = step.elapsed().toMillis()
                        / (double) Math.max(1, step.elapsed().plus(step.left()).toMillis());
                double fraction = Math.clamp(Math.max(ofTime, (double) step.number() / steps), 0, 1);
                say(new TrainingMessage.Stepped(step.number(), step.loss(), step.stepsPerSecond(), fraction));
            }
        }

        @Override
        public void validated(Validated validation) {
            say(new TrainingMessage.Validated(
                    validation.step(),
                    loss,
                    validation.meanDb(),
                    validation.best(),
                    validation.elapsed().toMillis() / 1e3));
        }
    }
}
