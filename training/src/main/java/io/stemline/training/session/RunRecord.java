package io.stemline.training.session;

import io.stemline.training.folder.ModelFolder;
import io.stemline.training.reporting.Curves;
import io.stemline.training.reporting.History;
import io.stemline.training.reporting.TensorBoardLog;
import io.stemline.training.trainer.TrainingConfiguration;
import io.stemline.training.trainer.TrainingListener;

/** Writes down how a run goes: figures for people, for TensorBoard and for the curves. */
final class RunRecord implements TrainingListener, AutoCloseable {
    private static final int STEPS_BETWEEN_FIGURES = 10;
    private static final String MEAN = "mean";
    private static final String UNIT = "dB";

    private final ModelFolder folder;
    private final History history;
    private final TensorBoardLog board;

    private RunRecord(ModelFolder folder, History history, TensorBoardLog board) {
        this.folder = folder;
        this.history = history;
        this.board = board;
    }

    /** Begins a record, or goes on with it. */
    static RunRecord open(ModelFolder folder, TrainingConfiguration configuration, long nextStep) {
        History history = History.open(folder.history(), nextStep + 1);
        try {
            return new RunRecord(folder, history, TensorBoardLog.open(folder.runs(), nextStep + 1));
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
        };
    }

    @Override
    public void stepped(Stepped step) {
        if (step.number() % STEPS_BETWEEN_FIGURES == 0) {
            double seconds = step.elapsed().toMillis() / 1000.0;
            figure(step.number(), seconds, History.TRAINING_LOSS, step.loss());
            figure(step.number(), seconds, History.LEARNING_RATE, step.learningRate());
        }
    }

    @Override
    public void validated(Validated validation) {
        double seconds = validation.elapsed().toMillis() / 1000.0;
        validation
                .byStemDb()
                .forEach((stem, value) -> figure(validation.step(), seconds, History.validation(stem), value));
        figure(validation.step(), seconds, History.validation(MEAN), validation.meanDb());
        history.flush();
        board.flush();
        Curves.write(folder.history(), folder.curves(), folder.name(), UNIT);
    }

    private void figure(long step, double seconds, String name, double value) {
        history.add(new History.Point(step, seconds, name, value));
        board.scalar(name, step, value);
    }

    @Override
    public void close() {
        history.close();
        board.close();
    }
}
