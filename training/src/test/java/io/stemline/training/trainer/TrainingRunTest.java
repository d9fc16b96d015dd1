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
        assertThat(outcome.lossDb()).isLessThan(recorder.validations.getFirst() - 1);
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
                .hasMessageContaining("another configuration (steps was 2 and is 3); choose");
    }

    @Test
    void aFileThatIsNoCheckpointIsRefusedByName() throws Exception {
        // Given
        Path file = folder.resolve("checkpoint.bin");
        Files.write(file, new byte[100]);

        // Then
        assertThatThrownBy(() -> run(TinyTraining.configuration(2), folder, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("checkpoint.bin");
    }

    @Test
    void aRunEndsWhenItsTimeIsUp() throws Exception {
        // Given
        var limits = new TrainingRun.Limits(folder.resolve("checkpoint.bin"), Optional.of(Duration.ofMillis(1)), 1, 1);

        // When
        var outcome = new TrainingRun(
                        TinyTraining.configuration(1_000_000),
                        TinyTraining.songs(),
                        limits,
                        new Recorder(Integer.MAX_VALUE))
                .run();

        // Then
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.steps()).isLessThan(3);
        assertThat(outcome.weights()).isNotEmpty();
    }

    @Test
    void aRunEndsWhenValidationsDoNotGetBetterAnyMore() throws Exception {
        // Given: no validation is 100 dB better than the one before
        TrainingConfiguration patient = TinyTraining.configuration(100, 2, 1);
        TrainingConfiguration configuration = new TrainingConfiguration(
                patient.network(),
                patient.loss(),
                patient.optimiser(),
                patient.schedule(),
                patient.curriculum(),
                patient.augmentation(),
                patient.batchSize(),
                patient.batchesPerStep(),
                patient.steps(),
                patient.largestGradientNorm(),
                patient.averageKeep(),
                patient.validationChunks(),
                patient.validationEvery(),
                patient.patience(),
                100,
                patient.seed());

        // When
        var outcome = run(configuration, folder, Integer.MAX_VALUE);

        // Then: the first counts as better than nothing, two more are not
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.steps()).isEqualTo(15);
    }

    @Test
    void aStepOfSeveralBatchesUsesTheirMeanGradient() throws Exception {
        // When
        var outcome = run(TinyTraining.configuration(6, 0, 3), folder, Integer.MAX_VALUE);
        Map<String, float[]> state = state(TinyTraining.configuration(6, 0, 3), folder);

        // Then
        assertThat(outcome.steps()).isEqualTo(6);
        assertThat(state.keySet()).anyMatch(name -> name.startsWith("sum."));
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
        TrainingRun run = new TrainingRun(
                configuration,
                TinyTraining.songs(),
                new TrainingRun.Limits(folder.resolve("checkpoint.bin"), Optional.empty(), 1, 1),
                recorder);
        recorder.run = run;
        return run.run();
    }

    /** Writes down what it hears, and stops the run after so many steps. */
    private static final class Recorder implements TrainingListener {
        private final int stopAfter;
        private final List<Double> validations = new ArrayList<>();
        private TrainingRun run;
        private int steps;

        Recorder(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void stepped(Stepped step) {
            steps++;
            if (step.number() == stopAfter) {
                run.stop();
            }
        }

        @Override
        public void validated(Validated validation) {
            validations.add(validation.meanDb());
        }
    }
}
