package io.stemline.separation.model;

import java.util.regex.Pattern;

/**
 * The identity of a model's weights.
 *
 * @param sha256 what {@link WeightsHash} computes of the SavedModel, in lower-case hexadecimal digits
 */
public record Weights(String sha256) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public Weights {
        Check.present("weights.sha256", sha256);
        Check.that(
                HASH.matcher(sha256).matches(),
                "weights.sha256",
                "must be 64 lower-case hexadecimal digits, and is '" + sha256 + "'");
    }
}
