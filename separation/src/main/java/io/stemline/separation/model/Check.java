package io.stemline.separation.model;

import java.util.Collection;
import java.util.Optional;

/** Refuses values of a model card with a sentence that names their key. */
final class Check {

    private Check() {}

    static void that(boolean condition, String key, String sentence) {
        if (!condition) {
            throw new ModelException("'" + key + "' " + sentence);
        }
    }

    static void present(String key, Object value) {
        that(value != null && !(value instanceof String text && text.isBlank()), key, "is missing");
    }

    static void within(String key, int value, int lowest, int highest) {
        that(
                value >= lowest && value <= highest,
                key,
                "must be between " + lowest + " and " + highest + ", and is " + value);
    }

    static void oneOf(String key, String value, Collection<String> allowed) {
        present(key, value);
        that(allowed.contains(value), key, "must be one of " + String.join(", ", allowed) + ", and is '" + value + "'");
    }

    static <T> Optional<T> orEmpty(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }
}
