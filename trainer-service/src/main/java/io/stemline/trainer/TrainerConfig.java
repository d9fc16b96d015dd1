package io.stemline.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of trainer-service. */
@ConfigMapping(prefix = "stemline.trainer")
public interface TrainerConfig {

    /** Where a run keeps its files while it is under work; what must not be lost lies in the object store. */
    Path scratch();

    /** Who trains, as runs name it. */
    @WithDefault("${HOSTNAME:localhost}")
    String worker();

    /** Whether training starts from the weights of the model that is to be improved, where they can be restored. */
    @WithDefault("true")
    boolean fromParent();

    /** The network to train where the model that is to be improved does not say what it is. */
    @WithDefault("UNet")
    String network();

    /** Settings that replace the model's own, as {@code stemline config} takes them: {@code --batch-size 2 --loss l1}. */
    Optional<String> settings();

    /** Steps of a run; those of the model's own configuration if it is not given. */
    Optional<Integer> steps();

    /** After how many minutes of training a run ends that is not through its steps; 0 for never. */
    @WithDefault("60")
    int minutes();

    /** Of everything random in a run. */
    @WithDefault("1")
    long seed();

    /** Threads of the network; 0 for as many as there are processors. */
    @WithDefault("0")
    int threads();

    /** The heap of a training process, in the JVM's notation; the network's memory comes on top. */
    @WithDefault("2g")
    String heap();

    /** A run with fewer tracks to learn from does not begin. */
    @WithDefault("8")
    int leastTrainingTracks();

    /** A run with fewer tracks to choose the best weights by does not begin. */
    @WithDefault("1")
    int leastValidationTracks();

    /** How often a training process that died is started again without a new checkpoint in between. */
    @WithDefault("3")
    int restarts();

    /** How long a trainer that does not tell of itself keeps a run from others. */
    @WithDefault("90s")
    Duration lease();

    /** By which metric candidates are judged. */
    @WithDefault("SI-SDR")
    String metric();

    /** How many test tracks a candidate is judged by at most. */
    @WithDefault("50")
    int trialTracks();

    /** With fewer test tracks a candidate is refused, and a run does not begin. */
    @WithDefault("3")
    int leastTrialTracks();

    /** By how many decibels a stem may be worse, on the average, while all together are better. */
    @WithDefault("0.3")
    double worstStemDb();
}
