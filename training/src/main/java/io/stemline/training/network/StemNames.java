package io.stemline.training.network;

import java.util.HashSet;
import java.util.List;

/** The stems of a configuration. */
final class StemNames {
    private StemNames() {}

    /** A copy of the stems, or a refusal if there are none or two of the same name. */
    static List<String> checked(List<String> stems) {
        if (stems.isEmpty()) {
            throw new IllegalArgumentException("stems is empty: there must be one at least");
        }
        if (new HashSet<>(stems).size() < stems.size()) {
            throw new IllegalArgumentException("stems is " + stems + ": each must be there once");
        }
        return List.copyOf(stems);
    }
}
