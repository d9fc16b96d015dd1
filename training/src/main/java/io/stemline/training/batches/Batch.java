package io.stemline.training.batches;

/**
 * Examples for one step, full scale being -1 to 1.
 *
 * @param size number of mixtures
 * @param mixtures {@code [batch][channel][frame]}, flat; each is the sum of its stems
 * @param stems {@code [batch][stem][channel][frame]}, flat, in the order of the data set's stems
 */
public record Batch(int size, float[] mixtures, float[] stems) {}
