package io.stemline.ingest.console.learning;

import io.stemline.ingest.learning.TrialView;
import java.util.Optional;

/** A trial with its figures, once it is decided. */
record ShownTrial(TrialView trial, Optional<TrialFigures> figures) {
    static ShownTrial of(TrialView trial) {
        return new ShownTrial(trial, trial.figures().map(TrialFigures::of));
    }
}
