/** Runs a model package's network in TensorFlow, through DJL. */
package io.stemline.separation.tensorflow;
