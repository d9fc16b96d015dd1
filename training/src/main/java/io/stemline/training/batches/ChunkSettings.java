package io.stemline.training.batches;

/**
 * What a batch looks like.
 *
 * @param chunkFrames length of every mixture
 * @param batchSize mixtures in a batch
 */
public record ChunkSettings(int chunkFrames, int batchSize) {
    public ChunkSettings {
        if (chunkFrames < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "A batch of " + batchSize + " mixtures of " + chunkFrames + " frames: both are at least 1");
        }
    }
}
