/** Training examples: where songs come from, how they are mixed anew, and how batches are ready when they are asked for. */
package io.stemline.training.examples;
