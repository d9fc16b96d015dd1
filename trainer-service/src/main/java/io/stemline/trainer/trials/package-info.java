/** Candidates beside the active model on the same tracks, and what follows. */
package io.stemline.trainer.trials;
