package io.stemline.evaluator.policies;

import java.time.Duration;
import java.util.Optional;

/** A reason for which a better model is asked for. */
sealed interface Policy {

    /** As in the configuration. */
    String name();

    /** So many tracks got references since the last training run began. */
    record NewReferences(String name, int tracks) implements Policy {}

    /** The median over the last tracks of the active model is under a floor. */
    record Floor(String name, Figure figure, int tracks, double floorDb) implements Policy {}

    /** The median over the last tracks of the active model is lower than over those before, beyond chance. */
    record Drop(String name, Figure figure, int tracks, double dropDb) implements Policy {}

    /** Too large a share of the last tracks of the active model fails checks that need no references. */
    record FailingChecks(String name, int tracks, double share) implements Policy {}

    /** Some time has passed since the last request. */
    record Schedule(String name, Duration every) implements Policy {}

    /** Asks for nothing: switches a policy off that is there by default. */
    record Never(String name) implements Policy {}

    /**
     * What a track's score is.
     *
     * @param stem the mean over all stems, where absent
     */
    record Figure(String metric, Optional<String> stem) {
        @Override
        public String toString() {
            return metric + stem.map(name -> " of " + name).orElse("");
        }
    }
}
