/**
 * What a training run shows of itself: a line of progress, curves, files for TensorBoard, pictures and snippets of separated
 * examples, a table of scores. Plain values and arrays in, files out; nothing here knows a network.
 */
package io.stemline.training.reporting;
