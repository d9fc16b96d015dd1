package io.stemline.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    @TempDir
    Path folder;

    @Test
    void aRunThatWasStoppedGoesOnExactlyWhereItWas() throws Exception {
        // Given
        TrainingConfiguration configuration = TinyTraining.configuration(12);
        var whole = run(configuration, folder.resolve("whole"), Integer.MAX_VALUE);

        // When
        var stopped = run(configuration, folder.resolve("parts"), 7);
        var resumed = run(configuration, folder.resolve("parts"), Integer.MAX_VALUE);

        // Then
        assertThat(stopped.finished()).isFalse();
        assertThat(stopped.steps()).isEqualTo(7);
        assertThat(resumed.finished()).isTrue();
        assertThat(resumed.steps()).isEqualTo(12);
        Map<String, float[]> expected = state(configuration, folder.resolve("whole"));
        Map<String, float[]> actual = state(configuration, folder.resolve("parts"));
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
        assertThat(whole.steps()).isEqualTo(12);
    }

    @Test
    void trainingMakesTheLossSmallerAndKeepsTheWeightsThatValidateBest() throws Exception {
        // Given
        TrainingConfiguration configuration = TinyTraining.configuration(120);
        Recorder recorder = new Recorder(Integer.MAX_VALUE);

        // When
        var outcome = run(configuration, folder, recorder);

        // Then
        double early = recorder.meanLoss(10, 30);
        double late = recorder.meanLoss(100, 120);
        assertThat(late).isLessThan(early - 0.05);
        assertThat(outcome.lossDb())
                .isEqualTo(recorder.validations.stream()
                        .mapToDouble(loss -> loss)
                        .min()
                        .orElseThrow());
        assertThat(recorder.steps).isEqualTo(120);
    }

    @Test
    void aCheckpointOfAnotherConfigurationIsRefused() throws Exception {
        // Given
        run(TinyTraining.configuration(2), folder, Integer.MAX_VALUE);

        // Then
        assertThatThrownBy(() -> run(TinyTraining.configuration(3), folder, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another configuration");
    }

    @Test
    void aFileThatIsNoCheckpointIsRefusedByName() throws Exception {
        // Given
        Files.write(folder.resolve("checkpoint.bin"), new byte[100]);

        // Then
        assertThatThrownBy(() -> run(TinyTraining.configuration(2), folder, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("checkpoint.bin");
    }

    @Test
    void aRunEndsWhenItsTimeIsUp() throws Exception {
        // Given
        var limits = new TrainingRun.Limits(folder, Optional.of(Duration.ofMillis(1)), 1, 1);

        // When
        var outcome =
                new TrainingRun(TinyTraining.configuration(1_000_000), limits, new Recorder(Integer.MAX_VALUE)).run();

        // Then
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.steps()).isLessThan(3);
        assertThat(outcome.weights()).isNotEmpty();
    }

    @Test
    void theLearningRateRisesAndThenFallsToAHundredth() {
        // Given
        Schedule schedule = new Schedule(TinyTraining.configuration(100), Optional.empty());

        // Then
        assertThat(schedule.learningRate(0, 0)).isCloseTo(5e-3 / 3, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(schedule.learningRate(3, 0)).isEqualTo(5e-3);
        assertThat(schedule.learningRate(50, 0.5))
                .isCloseTo(5e-3 * 0.505, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(schedule.learningRate(100, 1)).isCloseTo(5e-5, org.assertj.core.api.Assertions.within(1e-9));
    }

    private static Map<String, float[]> state(TrainingConfiguration configuration, Path folder) {
        return Checkpoint.read(folder.resolve("checkpoint.bin"), configuration)
                .orElseThrow()
                .state();
    }

    private static TrainingRun.Outcome run(TrainingConfiguration configuration, Path folder, int stopAfter)
            throws InterruptedException {
        return run(configuration, folder, new Recorder(stopAfter));
    }

    private static TrainingRun.Outcome run(TrainingConfiguration configuration, Path folder, Recorder recorder)
            throws InterruptedException {
        TrainingRun run =
                new TrainingRun(configuration, new TrainingRun.Limits(folder, Optional.empty(), 1, 1), recorder);
        recorder.run = run;
        return run.run();
    }

    /** Writes down what it hears, and stops the run after so many steps. */
    private static final class Recorder implements TrainingListener {
        private final int stopAfter;
        private final List<Double> validations = new ArrayList<>();
        private final List<Double> losses = new ArrayList<>();
        private TrainingRun run;
        private int steps;

        Recorder(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        double meanLoss(int from, int to) {
            return losses.subList(from, to).stream()
                    .mapToDouble(loss -> loss)
                    .average()
                    .orElseThrow();
        }

        @Override
        public void stepped(int step, double loss, double learningRate, double stepsPerSecond, Duration left) {
            steps++;
            losses.add(loss);
            if (step == stopAfter) {
                run.stop();
            }
        }

        @Override
        public void validated(int step, Map<String, Double> byStemDb, double meanDb, boolean best) {
            validations.add(meanDb);
        }
    }
}
