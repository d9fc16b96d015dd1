package io.stemline.reports.scores;

/**
 * The windows that a metric was taken over.
 *
 * @param lengthSeconds length of a window; 0 where the figure is one of the whole track
 * @param hopSeconds distance from one to the next
 */
public record Windows(double lengthSeconds, double hopSeconds) {

    /** One figure of the whole track. */
    public static final Windows WHOLE_TRACK = new Windows(0, 0);

    public boolean isWholeTrack() {
        return lengthSeconds == 0;
    }
}
