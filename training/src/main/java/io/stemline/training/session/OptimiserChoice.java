package io.stemline.training.session;

import io.stemline.training.learning.Optimiser;

/** Optimisers by the name that {@code --optimiser} takes, with the settings that each starts with. */
public enum OptimiserChoice {
    ADAM(Optimiser.adam()),
    ADAMW(new Optimiser.AdamW(0.9, 0.999, 1e-7, 0.01)),
    SGD(new Optimiser.Sgd(0.9, true));

    private final Optimiser optimiser;

    OptimiserChoice(Optimiser optimiser) {
        this.optimiser = optimiser;
    }

    public Optimiser optimiser() {
        return optimiser;
    }
}
