package io.stemline.training.trainer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * The learning rate over a run. All rise in a straight line during the first steps. How far a run has come is the larger of
 * the share of its steps and the share of its time, so that a run with a time limit ends as it should, too.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "schedule")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
    @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
    @JsonSubTypes.Type(value = Schedule.Plateau.class, name = "plateau")
})
public sealed interface Schedule {

    /** The highest learning rate. */
    double learningRate();

    /** Steps in which it is reached. */
    int warmUpSteps();

    /**
     * The rate of a step.
     *
     * @param step from 0
     * @param progress from 0 at the start to 1 at the end
     * @param validations the figures of all validations so far; smaller is better
     */
    default double rate(long step, double progress, List<Double> validations) {
        double rise = warmUpSteps() == 0 ? 1 : Math.min(1, (step + 1.0) / warmUpSteps());
        return learningRate() * rise * share(progress, validations);
    }

    /** The share of the highest rate, after the warm-up. */
    double share(double progress, List<Double> validations);

    /** The same rate all the time. */
    record Constant(
            @Setting(doc = "the highest learning rate", above = 0, alsoCalled = "lr")
            double learningRate,

            @Setting(doc = "steps in which it is reached", min = 0)
            int warmUpSteps)
            implements Schedule {
        public Constant {
            requireRate(learningRate, warmUpSteps);
        }

        @Override
        public double share(double progress, List<Double> validations) {
            return 1;
        }
    }

    /**
     * Half a cosine (Loshchilov and Hutter, "SGDR", 2017, without restarts).
     *
     * @param lastShare of the highest rate, at the end
     */
    record Cosine(
            @Setting(doc = "the highest learning rate", above = 0, alsoCalled = "lr")
            double learningRate,

            @Setting(doc = "steps in which it is reached", min = 0)
            int warmUpSteps,

            @Setting(doc = "of the highest rate, at the end", above = 0, max = 1)
            double lastShare)
            implements Schedule {
        public Cosine {
            requireRate(learningRate, warmUpSteps);
            requireShare("lastShare", lastShare);
        }

        @Override
        public double share(double progress, List<Double> validations) {
            return lastShare + (1 - lastShare) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
        }
    }

    /**
     * Down when validations stop getting better.
     *
     * @param plateauValidations validations without a better one after which the rate falls
     * @param factor by which it falls, and falls again
     * @param leastShare of the highest rate, below which it does not fall
     */
    record Plateau(
            @Setting(doc = "the highest learning rate", above = 0, alsoCalled = "lr")
            double learningRate,

            @Setting(doc = "steps in which it is reached", min = 0)
            int warmUpSteps,

            @Setting(doc = "validations without a better one after which the rate falls", min = 1)
            int plateauValidations,

            @Setting(doc = "by which the rate falls", above = 0, max = 1)
            double factor,

            @Setting(doc = "of the highest rate, below which it does not fall", above = 0, max = 1)
            double leastShare)
            implements Schedule {
        public Plateau {
            requireRate(learningRate, warmUpSteps);
            requireShare("factor", factor);
            requireShare("leastShare", leastShare);
            if (plateauValidations < 1) {
                throw new IllegalArgumentException(
                        "plateauValidations is " + plateauValidations + ": it must be 1 or more");
            }
        }

        @Override
        public double share(double progress, List<Double> validations) {
            double share = 1;
            double best = Double.POSITIVE_INFINITY;
            int waited = 0;
            for (double validation : validations) {
                waited = validation < best ? 0 : waited + 1;
                best = Math.min(best, validation);
                if (waited == plateauValidations) {
                    share *= factor;
                    waited = 0;
                }
            }
            return Math.max(leastShare, share);
        }
    }

    private static void requireRate(double learningRate, int warmUpSteps) {
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learningRate is " + learningRate + ": it must be above 0");
        }
        if (warmUpSteps < 0) {
            throw new IllegalArgumentException("warmUpSteps is " + warmUpSteps + ": it must be 0 or more");
        }
    }

    private static void requireShare(String key, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(key + " is " + value + ": it must be above 0 and at most 1");
        }
    }
}
