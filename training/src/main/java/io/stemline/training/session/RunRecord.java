package io.stemline.training.session;

import io.stemline.audio.AudioFormat;
import io.stemline.training.batches.Batch;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.network.NetworkInput;
import io.stemline.training.reporting.Curves;
import io.stemline.training.reporting.Examples;
import io.stemline.training.reporting.History;
import io.stemline.training.reporting.SeparatedTrack;
import io.stemline.training.reporting.TensorBoardLog;
import io.stemline.training.trainer.TrainingConfiguration;
import io.stemline.training.trainer.TrainingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down how a run goes: figures for people, for TensorBoard and for the curves, and, of the best weights now and then,
 * how they separate the first validation mixtures.
 */
final class RunRecord implements TrainingListener, AutoCloseable {
    private static final int STEPS_BETWEEN_FIGURES = 10;
    private static final Duration BETWEEN_EXAMPLES = Duration.ofMinutes(5);
    private static final int EXAMPLES = 2;
    private static final int STEPS_KEPT = 3;
    private static final String MEAN = "mean";
    private static final String UNIT = "dB";

    private final ModelFolder folder;
    private final TrainingConfiguration configuration;
    private final History history;
    private final TensorBoardLog board;
    private final Examples examples;
    private Duration heard = BETWEEN_EXAMPLES.negated();

    private RunRecord(ModelFolder folder, TrainingConfiguration configuration, History history, TensorBoardLog board) {
        this.folder = folder;
        this.configuration = configuration;
        this.history = history;
        this.board = board;
        examples = new Examples(folder, board, STEPS_KEPT);
    }

    /** Begins a record, or goes on with it. */
    static RunRecord open(ModelFolder folder, TrainingConfiguration configuration, long nextStep) {
        History history = History.open(folder.history(), nextStep + 1);
        try {
            return new RunRecord(folder, configuration, history, TensorBoardLog.open(folder.runs(), nextStep + 1));
        } catch (RuntimeException e) {
            history.close();
            throw e;
        }
    }

    /** Tells another listener as well. */
    TrainingListener and(TrainingListener other) {
        return new TrainingListener() {
            @Override
            public void stepped(Stepped step) {
                RunRecord.this.stepped(step);
                other.stepped(step);
            }

            @Override
            public void validated(Validated validation) {
                RunRecord.this.validated(validation);
                other.validated(validation);
            }

            @Override
            public boolean wantsToHear(Validated validation) {
                return RunRecord.this.wantsToHear(validation);
            }

            @Override
            public void separated(Validated validation, Batch batch, float[] estimates) {
                RunRecord.this.separated(validation, batch, estimates);
            }
        };
    }

    @Override
    public void stepped(Stepped step) {
        if (step.number() % STEPS_BETWEEN_FIGURES == 0) {
            figure(step.number(), step.elapsed(), History.TRAINING_LOSS, step.loss());
            figure(step.number(), step.elapsed(), History.LEARNING_RATE, step.learningRate());
        }
    }

    @Override
    public void validated(Validated validation) {
        validation
                .byStemDb()
                .forEach((stem, value) ->
                        figure(validation.step(), validation.elapsed(), History.validation(stem), value));
        figure(validation.step(), validation.elapsed(), History.validation(MEAN), validation.meanDb());
        history.flush();
        board.flush();
        Curves.write(folder.history(), folder.curves(), folder.name(), UNIT);
    }

    private void figure(long step, Duration elapsed, String name, double value) {
        history.add(new History.Point(step, elapsed.toMillis() / 1000.0, name, value));
        board.scalar(name, step, value);
    }

    @Override
    public boolean wantsToHear(Validated validation) {
        return validation.best() && validation.elapsed().minus(heard).compareTo(BETWEEN_EXAMPLES) >= 0;
    }

    @Override
    public void separated(Validated validation, Batch batch, float[] estimates) {
        heard = validation.elapsed();
        for (int example = 0; example < Math.min(EXAMPLES, batch.size()); example++) {
            examples.show(validation.step(), separated(example, batch, estimates));
        }
    }

    private SeparatedTrack separated(int example, Batch batch, float[] estimates) {
        NetworkInput input = configuration.network().input();
        List<String> stems = configuration.network().stems();
        int channels = input.channels();
        int length = input.lengthSamples();
        int stemsInBatch = batch.stems().length / (batch.size() * channels * length);
        List<SeparatedTrack.Target> targets = new ArrayList<>();
        for (int stem = 0; stem < stems.size(); stem++) {
            targets.add(new SeparatedTrack.Target(
                    stems.get(stem),
                    cut(batch.stems(), (example * stemsInBatch + stem) * channels, channels, length),
                    cut(estimates, (example * stems.size() + stem) * channels, channels, length)));
        }
        return new SeparatedTrack(
                "validation-" + (example + 1),
                new AudioFormat(input.sampleRateHz(), channels),
                cut(batch.mixtures(), example * channels, channels, length),
                targets);
    }

    /** {@code [channel][frame]} from rows of a flat array. */
    private static float[][] cut(float[] flat, int firstRow, int channels, int length) {
        float[][] cut = new float[channels][length];
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(flat, (firstRow + channel) * length, cut[channel], 0, length);
        }
        return cut;
    }

    @Override
    public void close() {
        history.close();
        board.close();
    }
}
