package io.stemline.evaluator.policies;

import io.stemline.evaluator.policies.Policy.Drop;
import io.stemline.evaluator.policies.Policy.FailingChecks;
import io.stemline.evaluator.policies.Policy.Figure;
import io.stemline.evaluator.policies.Policy.Floor;
import io.stemline.evaluator.policies.Policy.Never;
import io.stemline.evaluator.policies.Policy.NewReferences;
import io.stemline.evaluator.policies.Policy.Schedule;
import io.stemline.evaluator.policies.PolicyConfig.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Makes policies of the configuration. What makes no sense is refused with a sentence that names the key. */
final class Policies {
    private static final String PREFIX = "stemline.policies.";
    private static final String DEFAULT_METRIC = "SI-SDR";

    /** Requests by people bear this name. */
    private static final String RESERVED = "person";

    private static final Map<String, Set<String>> SETTINGS = new TreeMap<>(Map.of(
            "new-references", Set.of("tracks"),
            "floor", Set.of("tracks", "metric", "stem", "floor-db"),
            "drop", Set.of("tracks", "metric", "stem", "drop-db"),
            "failing-checks", Set.of("tracks", "share"),
            "schedule", Set.of("days"),
            "never", Set.of("tracks", "metric", "stem", "floor-db", "drop-db", "share", "days")));

    private Policies() {}

    /**
     * The policies in the order of their names.
     *
     * @throws IllegalArgumentException if one cannot be understood
     */
    static List<Policy> of(PolicyConfig config) {
        return new TreeMap<>(config.policies())
                .entrySet().stream()
                        .map(entry -> policy(entry.getKey(), entry.getValue()))
                        .filter(policy -> !(policy instanceof Never))
                        .toList();
    }

    private static Policy policy(String name, Settings settings) {
        if (name.equals(RESERVED)) {
            throw refusal(name, "kind", "a policy cannot be called '%s', as people's requests are".formatted(RESERVED));
        }
        refuseForeign(name, settings);
        return switch (settings.kind()) {
            case "new-references" -> new NewReferences(name, tracks(name, settings));
            case "floor" ->
                new Floor(name, figure(settings), tracks(name, settings), needed(name, "floor-db", settings.floorDb()));
            case "drop" -> new Drop(name, figure(settings), tracks(name, settings), positiveDrop(name, settings));
            case "failing-checks" -> new FailingChecks(name, tracks(name, settings), share(name, settings));
            case "schedule" -> new Schedule(name, Duration.ofDays(positive(name, "days", settings.days())));
            case "never" -> new Never(name);
            default ->
                throw refusal(name, "kind", "'%s' is not one of %s".formatted(settings.kind(), SETTINGS.keySet()));
        };
    }

    /** A setting that the kind does not have is a mistake that would otherwise go unnoticed. */
    private static void refuseForeign(String name, Settings settings) {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("tracks", settings.tracks().isPresent());
        given.put("metric", settings.metric().isPresent());
        given.put("stem", settings.stem().isPresent());
        given.put("floor-db", settings.floorDb().isPresent());
        given.put("drop-db", settings.dropDb().isPresent());
        given.put("share", settings.share().isPresent());
        given.put("days", settings.days().isPresent());
        Set<String> own = SETTINGS.getOrDefault(settings.kind(), given.keySet());
        given.forEach((key, present) -> {
            if (present && !own.contains(key)) {
                throw refusal(name, key, "a policy of kind %s has no such setting".formatted(settings.kind()));
            }
        });
    }

    private static Figure figure(Settings settings) {
        return new Figure(settings.metric().orElse(DEFAULT_METRIC), settings.stem());
    }

    private static int tracks(String name, Settings settings) {
        return positive(name, "tracks", settings.tracks());
    }

    private static double share(String name, Settings settings) {
        double share = needed(name, "share", settings.share());
        if (!(share >= 0 && share < 1)) {
            throw refusal(name, "share", "is %s, and must be 0 or more and less than 1".formatted(share));
        }
        return share;
    }

    private static double positiveDrop(String name, Settings settings) {
        double dropDb = needed(name, "drop-db", settings.dropDb());
        if (!(dropDb >= 0)) {
            throw refusal(name, "drop-db", "is %s, and must be 0 or more".formatted(dropDb));
        }
        return dropDb;
    }

    private static int positive(String name, String key, OptionalInt value) {
        int number = value.orElseThrow(() -> missing(name, key));
        if (number < 1) {
            throw refusal(name, key, "is %d, and must be 1 or more".formatted(number));
        }
        return number;
    }

    private static double needed(String name, String key, OptionalDouble value) {
        double number = value.orElseThrow(() -> missing(name, key));
        if (!Double.isFinite(number)) {
            throw refusal(name, key, "is %s, and must be a number".formatted(number));
        }
        return number;
    }

    private static IllegalArgumentException missing(String name, String key) {
        return refusal(name, key, "is missing, and a policy of this kind needs it");
    }

    private static IllegalArgumentException refusal(String name, String key, String sentence) {
        return new IllegalArgumentException(PREFIX + name + "." + key + ": " + sentence);
    }
}
