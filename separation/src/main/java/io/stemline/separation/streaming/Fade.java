package io.stemline.separation.streaming;

/** How the weight of a segment grows over the rows that it shares with the one before, while that one's weight shrinks. */
public enum Fade {
    /** In a straight line. */
    TRIANGULAR,
    /** As the rising half of a Hann window. */
    HANN;

    /**
     * The weight of the later segment.
     *
     * @param row the shared row, from 0
     * @param overlap how many rows are shared
     */
    float weight(int row, int overlap) {
        double position = (row + 1.0) / (overlap + 1.0);
        return (float) (this == TRIANGULAR ? position : (1 - Math.cos(Math.PI * position)) / 2);
    }
}
