package io.stemline.evaluator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The settings of evaluator-service. */
@ConfigMapping(prefix = "stemline.evaluator")
interface EvaluatorConfig {

    /** Separations that are evaluated at the same time. */
    @WithDefault("2")
    int workers();

    /** Threads that one scoring may use; 0 for as many as there are processors. */
    @WithDefault("0")
    int threads();

    /** Where decoded audio lies while it is scored: 4 bytes a sample of all stems and references. */
    Path scratch();
}
