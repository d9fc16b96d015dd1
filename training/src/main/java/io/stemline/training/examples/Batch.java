package io.stemline.training.examples;

/**
 * Examples for one step.
 *
 * @param size number of mixtures
 * @param mixtures magnitudes, {@code [batch][frame][bin][channel]}, flat
 * @param targets what each stem adds to the mixture in the mixture's phase, {@code [batch][frame][bin][stem * 2 + channel]},
 *     flat; the stems' targets add up to the mixture's magnitude
 */
public record Batch(int size, float[] mixtures, float[] targets) {}
