package io.stemline.training.datasets;

/**
 * A recording whose stems are known, at the data set's sample rate and number of channels. Tracks may be read by several
 * threads at once.
 */
public interface LabelledTrack {
    /** What the whole recording is called where a stem is named. */
    String MIXTURE = "mixture";

    /** The track's name, which no other track of its split has. */
    String name();

    /** Length of the mixture and of each stem. */
    long lengthFrames();

    /**
     * Reads a stretch of a stem.
     *
     * @param stem one of the data set's stems, or {@link #MIXTURE}
     * @param firstFrame from 0; what lies behind the end is silent
     * @return {@code [channel][frames]}, the caller's own
     * @throws DatasetException if the stem cannot be read
     */
    float[][] read(String stem, long firstFrame, int frames);
}
