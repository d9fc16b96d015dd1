package io.stemline.training.graph;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A variable of a network.
 *
 * @param trainable whether gradients change it; statistics are only observed
 * @param initial its value before training
 */
public record Parameter(String name, Shape shape, boolean trainable, float[] initial, Variable<TFloat32> variable) {}
