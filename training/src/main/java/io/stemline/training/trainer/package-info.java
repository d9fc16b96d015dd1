/** Training runs: the loop, its schedule, checkpoints, validation and progress. */
package io.stemline.training.trainer;
