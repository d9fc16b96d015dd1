package io.stemline.training.session;

import io.stemline.training.trainer.Schedule;

/** Courses of the learning rate by the name that {@code --schedule} takes, with the settings that each starts with. */
public enum ScheduleChoice {
    CONSTANT {
        @Override
        public Schedule schedule(Schedule before) {
            return new Schedule.Constant(before.learningRate(), before.warmUpSteps());
        }
    },
    COSINE {
        @Override
        public Schedule schedule(Schedule before) {
            return new Schedule.Cosine(before.learningRate(), before.warmUpSteps(), 0.01);
        }
    },
    PLATEAU {
        @Override
        public Schedule schedule(Schedule before) {
            return new Schedule.Plateau(before.learningRate(), before.warmUpSteps(), 5, 0.5, 0.01);
        }
    };

    /** The schedule, with the highest rate and the warm-up of the one that it replaces. */
    public abstract Schedule schedule(Schedule before);
}
