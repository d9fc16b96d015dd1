package io.stemline.training;

import io.stemline.separation.model.ModelPackage;
import io.stemline.training.export.ModelPublication;
import io.stemline.training.trainer.TrainingConfiguration;
import io.stemline.training.trainer.TrainingListener;
import io.stemline.training.trainer.TrainingRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Trains a model and writes its package: one command from nothing to a model that can be run. Ctrl-C stops after the step at
 * hand; the same command goes on from there.
 */
public final class TrainModel {
    private TrainModel() {}

    /**
     * {@code TrainModel MODELS ID MINUTES [CODE_VERSION]}: writes {@code MODELS/ID}, keeps checkpoints in
     * {@code MODELS/.ID-training}.
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: TrainModel MODELS ID MINUTES [CODE_VERSION]");
            System.exit(2);
        }
        Path models = Path.of(arguments[0]);
        String id = arguments[1];
        Duration limit = Duration.ofMinutes(Long.parseLong(arguments[2]));
        String codeVersion = arguments.length > 3 ? arguments[3] : "unknown";
        TrainingConfiguration configuration = TrainingConfiguration.standard();
        var limits = new TrainingRun.Limits(models.resolve("." + id + "-training"), Optional.of(limit), 0, 1);
        TrainingRun run = new TrainingRun(configuration, limits, new Console());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(run, ended)));
        try {
            TrainingRun.Outcome outcome = run.run();
            if (outcome.finished()) {
                ModelPackage published = new ModelPublication(configuration, outcome, codeVersion).publish(models, id);
                System.out.println(published.folder());
            }
        } finally {
            ended.countDown();
        }
    }

    private static void stopAndWait(TrainingRun run, CountDownLatch ended) {
        run.stop();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Progress as lines. */
    private static final class Console implements TrainingListener {
        private static final int EVERY = 20;

        private double sum;

        @Override
        public void stepped(int step, double loss, double learningRate, double stepsPerSecond, Duration left) {
            sum += loss;
            if (step % EVERY == 0) {
                System.out.printf(
                        Locale.ROOT,
                        "step %d  loss %.4f  rate %.5f  %.2f steps/s  %d min left%n",
                        step,
                        sum / EVERY,
                        learningRate,
                        stepsPerSecond,
                        left.toMinutes());
                sum = 0;
            }
        }

        @Override
        public void validated(int step, Map<String, Double> byStemDb, double meanDb, boolean best) {
            System.out.printf(Locale.ROOT, "step %d  validation %.2f dB%s%n", step, meanDb, best ? "  best" : "");
        }
    }
}
