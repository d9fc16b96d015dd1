/** What TensorFlow's graphs lack: short-time Fourier transforms, recurrent layers, and the gradients of both. */
package io.stemline.training.graph;
