package io.stemline.reports.scores;

import java.util.Locale;
import java.util.Set;

/** What a method may know; blind methods and oracles are the brackets that a model stands between. */
public enum MethodKind {
    /** Learned, or of any other kind. */
    MODEL,
    /** Knows nothing but the mixture, and has learned nothing. */
    BLIND,
    /** Knows the true stems. */
    ORACLE;

    private static final Set<String> BLIND_IDS =
            Set.of("2dft", "hpss", "mid-side", "repet", "repet-sim", "rpca", "melodia", "mixture", "mix", "null");

    /** Ideal binary and ratio masks of magnitudes and powers, and the multichannel Wiener filter, as the field calls them. */
    private static final Set<String> ORACLE_IDS = Set.of("ibm", "ibm1", "ibm2", "irm", "irm1", "irm2", "mwf");

    /** The kind of a method, by the name that the field has for it. */
    public static MethodKind of(String methodId) {
        String id = methodId.toLowerCase(Locale.ROOT);
        if (BLIND_IDS.contains(id)) {
            return BLIND;
        }
        return ORACLE_IDS.contains(id) ? ORACLE : MODEL;
    }
}
