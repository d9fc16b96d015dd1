package io.stemline.audio;

/**
 * Takes a signal block by block and makes a file of it. Used by one thread at a time.
 */
public interface AudioSink extends AutoCloseable {

    AudioFormat format();

    /**
     * Appends frames. Integer encodings round to the nearest step and saturate at full scale.
     *
     * @param block the samples, {@code [channel][frame]}
     * @param offset the first frame of the block to write
     * @param frames how many frames to write
     * @throws AudioException when the file cannot be written
     */
    void write(float[][] block, int offset, int frames);

    /**
     * Finishes the file. Only a file whose sink was closed without an exception is complete.
     *
     * @throws AudioException when the rest cannot be written; native memory is freed all the same
     */
    @Override
    void close();
}
