package io.stemline.separation.engine;

import io.stemline.separation.tensorflow.DeviceChoice;
import io.stemline.separation.tensorflow.DeviceException;

/**
 * How networks run.
 *
 * @param device where: {@code cpu}, {@code gpu:0}, or several, {@code gpu:0,cpu}, of which the first that is there is taken
 * @param batchSize most segments that a network computes at once; 0 to find out by a short measurement when it is loaded
 * @param threads threads that TensorFlow may use on the processor, 0 for as many as there are processors
 */
public record SeparationSettings(String device, int batchSize, int threads) {

    /**
     * @throws DeviceException if the device's name is none
     * @throws IllegalArgumentException if a number is out of range
     */
    public SeparationSettings {
        DeviceChoice.of(device);
        if (batchSize < 0 || batchSize > 1024) {
            throw new IllegalArgumentException("'batchSize' must be between 0 and 1024, and is " + batchSize);
        }
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException("'threads' must be between 0 and 1024, and is " + threads);
        }
    }

    /** The processor, batches as large as is good, all processors. */
    public static SeparationSettings defaults() {
        return new SeparationSettings("cpu", 0, 0);
    }

    public SeparationSettings withDevice(String device) {
        return new SeparationSettings(device, batchSize, threads);
    }

    public SeparationSettings withBatchSize(int batchSize) {
        return new SeparationSettings(device, batchSize, threads);
    }

    public SeparationSettings withThreads(int threads) {
        return new SeparationSettings(device, batchSize, threads);
    }
}
