/**
 * Batches of waveforms to learn from: passages of tracks are held in memory, chunks are drawn from them, varied, mixed anew
 * and ready before they are asked for. Everything depends on the seed and the step alone.
 */
package io.stemline.training.batches;
