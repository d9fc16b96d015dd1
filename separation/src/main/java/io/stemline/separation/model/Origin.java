package io.stemline.separation.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a model's weights came from, in enough detail to make them again or to fetch them again.
 *
 * @param kind how they came to be
 * @param configuration the configuration of the training run
 * @param dataset the data set they were learned from
 * @param codeVersion the version of the code that trained or converted them
 * @param seed the seed of the training run
 * @param parent id of the model that training started from
 * @param source address of the original weights
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Origin(
        Kind kind,
        Map<String, Object> configuration,
        Optional<String> dataset,
        Optional<String> codeVersion,
        OptionalLong seed,
        Optional<String> parent,
        Optional<String> source) {

    /** How weights came to be. */
    public enum Kind {
        @JsonProperty("trained")
        TRAINED,
        @JsonProperty("imported")
        IMPORTED,
        @JsonProperty("built-in")
        BUILT_IN
    }

    public Origin {
        Check.present("origin.kind", kind);
        configuration =
                configuration == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        dataset = Check.orEmpty(dataset);
        codeVersion = Check.orEmpty(codeVersion);
        seed = seed == null ? OptionalLong.empty() : seed;
        parent = Check.orEmpty(parent);
        source = Check.orEmpty(source);
    }

    /** Weights that this project's trainer made. */
    public static Origin trained(Map<String, Object> configuration, String dataset, String codeVersion, long seed) {
        return new Origin(
                Kind.TRAINED,
                configuration,
                Optional.of(dataset),
                Optional.of(codeVersion),
                OptionalLong.of(seed),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with the model that training started from, if it started from one. */
    public Origin withParent(Optional<String> other) {
        return new Origin(kind, configuration, dataset, codeVersion, seed, other, source);
    }

    /** Weights that someone else published at an address. */
    public static Origin imported(String source) {
        return new Origin(
                Kind.IMPORTED,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(source));
    }

    /** A method that is part of the program and has no weights. */
    public static Origin builtIn() {
        return new Origin(
                Kind.BUILT_IN,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
