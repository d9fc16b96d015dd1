package io.stemline.training.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Complex spectra in a graph.
 *
 * @param re real parts, {@code [..., frame, bin]}
 * @param im imaginary parts, of the same shape
 */
public record Spectrum(Operand<TFloat32> re, Operand<TFloat32> im) {}
