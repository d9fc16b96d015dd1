package io.stemline.audio;

import java.util.List;

/**
 * A signal read from its beginning to its end, block by block, in memory that does not depend on its length.
 *
 * <p>A source is used by one thread at a time. Different sources may be read in different threads.
 */
public interface AudioSource extends AutoCloseable {

    AudioFormat format();

    /**
     * Reads the next frames, as many as asked for unless the signal ends before.
     *
     * @param block receives the samples, {@code [channel][frame]}
     * @param offset the first frame of the block to write
     * @param frames how many frames to read, at least 1
     * @return how many frames were read, or -1 when the signal had ended already
     * @throws AudioException when the file cannot be read any further for a reason that is not its content
     */
    int read(float[][] block, int offset, int frames);

    /**
     * What was wrong with the part read so far, one sentence each: a file that was cut, broken packets that were
     * skipped, samples that were no numbers. Complete once {@link #read} has returned -1.
     */
    List<String> warnings();

    /** How many samples of the part read so far were no finite numbers; silence stands in their place. */
    default long nonFiniteSamples() {
        return 0;
    }

    @Override
    void close();
}
