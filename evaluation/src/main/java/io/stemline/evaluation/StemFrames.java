package io.stemline.evaluation;

/**
 * A metric over time.
 *
 * @param windowSeconds length of a window
 * @param hopSeconds from the start of one window to the start of the next
 * @param values in dB, [window]; NaN where the metric is not defined
 */
public record StemFrames(String stem, String metric, double windowSeconds, double hopSeconds, double[] values) {}
