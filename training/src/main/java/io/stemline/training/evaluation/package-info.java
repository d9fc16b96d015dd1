/** Scores of a trained model on songs that it never saw. */
package io.stemline.training.evaluation;
