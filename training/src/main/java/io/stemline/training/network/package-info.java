/**
 * Networks as TensorFlow graphs. A configuration describes a network; the same code builds it for training and, with batch
 * normalisation folded into the convolutions, for inference.
 */
package io.stemline.training.network;
