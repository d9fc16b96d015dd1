package io.stemline.statistics;

/**
 * An estimate with what it may as well have been.
 *
 * @param low lower end
 * @param estimate the figure of the sample itself
 * @param high upper end
 * @param confidence the share of intervals made in this way that hold the true figure, between 0 and 1
 */
public record Interval(double low, double estimate, double high, double confidence) {

    /** Whether a figure lies within, the ends included. */
    public boolean contains(double figure) {
        return low <= figure && figure <= high;
    }

    /** Whether there was anything to estimate from. */
    public boolean isDefined() {
        return !Double.isNaN(estimate);
    }
}
