/** Spleeter's published models: fetched, read from TensorFlow's checkpoints, and rebuilt as networks of our own. */
package io.stemline.modelimport.spleeter;
