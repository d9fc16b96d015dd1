package io.stemline.separation.engine;

import static io.stemline.separation.TestAudio.largestDifference;
import static io.stemline.separation.TestAudio.music;
import static io.stemline.separation.TestAudio.scaled;
import static io.stemline.separation.TestAudio.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.separation.SavedModels;
import io.stemline.separation.TestAudio.MemoryStems;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** How many segments are computed at once. */
class BatchSizeTest {

    private static final float MORE_THAN_ANY_MEMORY = 1e13f;

    @TempDir
    private Path folder;

    @Test
    void batchesAreHalvedWhereTheDeviceHasTooLittleMemoryAndNothingFails() throws IOException {
        // Given
        var models = new SavedModels(folder);
        var mixture = music(44_100, 2, 200_000);
        var stems = new MemoryStems();
        try (var engine = SeparationEngine.open(SeparationSettings.defaults().withBatchSize(2))) {
            engine.load(models.spectrogramModel(SavedModels.card("greedy").build(), greedyUnlessAlone()));

            // When
            engine.separate("greedy", source(mixture), stems);

            // Then
            assertThat(largestDifference(stems.stem("vocals"), scaled(mixture.samples(), 0.5)))
                    .isLessThan(2e-6);
            assertThat(engine.statistics("greedy").batchSize()).isEqualTo(1);
            assertThat(engine.measureTracksInFlight("greedy")).isBetween(2, 32);
        }
    }

    /** Needs no memory for a batch of one segment, and more than there is for each further one. */
    private static SavedModels.Network greedyUnlessAlone() {
        return (tf, mixture) -> {
            var segments = tf.dtypes.cast(tf.shape.size(mixture, tf.constant(0)), TFloat32.class);
            var others = tf.math.sub(segments, tf.constant(1f));
            var needed = tf.dtypes.cast(tf.math.mul(others, tf.constant(MORE_THAN_ANY_MEMORY)), TInt64.class);
            var filled = tf.fill(needed, tf.constant(0f));
            var masks = SavedModels.constantMasks(0.5f, 0.25f, 0.25f).apply(tf, mixture);
            return tf.math.add(tf.dtypes.cast(masks, TFloat32.class), tf.reduceSum(filled, tf.constant(0)));
        };
    }
}
