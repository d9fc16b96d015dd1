package io.stemline.evaluator.policies;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** When to ask for a better model. There is no policy, and nothing is ever asked, unless one is configured. */
@ConfigMapping(prefix = "stemline.policies")
interface PolicyConfig {

    /** By name. */
    @WithParentName
    Map<String, Settings> policies();

    /** Which settings a policy has depends on its kind. */
    interface Settings {
        /** {@code new-references}, {@code floor}, {@code drop}, {@code failing-checks}, {@code schedule} or {@code never}. */
        String kind();

        /** How many tracks: new ones with references, or the last ones that are looked at. */
        OptionalInt tracks();

        /** Floor, drop: the metric, SI-SDR where absent. */
        Optional<String> metric();

        /** Floor, drop: the stem; the mean over all stems of a track where absent. */
        Optional<String> stem();

        /** Floor: the median under which a better model is asked for. */
        OptionalDouble floorDb();

        /** Drop: how far the median has to fall below what it was. */
        OptionalDouble dropDb();

        /** Failing checks: the share of tracks, from 0 to 1, that is too much. */
        OptionalDouble share();

        /** Schedule: days from one request to the next. */
        OptionalInt days();
    }
}
