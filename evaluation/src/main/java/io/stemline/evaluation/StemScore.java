package io.stemline.evaluation;

/**
 * One figure of one stem.
 *
 * @param stem name of the stem
 * @param metric {@code SDR}, {@code ISR}, {@code SIR}, {@code SAR} (medians over the windows), {@code SI-SDR}, {@code SNR} or
 *     {@code MDX-SDR} (whole track), and these three with {@code i} behind: the improvement over the mixture
 * @param value in dB; NaN where the metric is not defined, infinite where nothing is wrong with the estimate
 */
public record StemScore(String stem, String metric, double value) {}
