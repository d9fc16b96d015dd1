package io.stemline.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class CheckpointFuzzTest {
    private static final TrainingConfiguration CONFIGURATION = TinyTraining.configuration(6);

    @FuzzTest
    void whatIsReadIsACheckpointOrRefusedByName(byte[] bytes) throws IOException {
        try {
            Checkpoint read =
                    Checkpoint.read("checkpoint.bin", new ByteArrayInputStream(bytes), bytes.length, CONFIGURATION);
            assertThat(read.configuration()).isEqualTo(CONFIGURATION);
            assertThat(read.state()).doesNotContainValue(null);
            assertThat(read.best()).doesNotContainValue(null);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("checkpoint.bin: ");
        }
    }
}
