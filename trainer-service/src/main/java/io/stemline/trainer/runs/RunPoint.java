package io.stemline.trainer.runs;

/** A validation of a run: the loss of the step before it, the mean figure of the stems, and the time of training until then. */
record RunPoint(long step, double loss, double validationDb, double seconds) {}
