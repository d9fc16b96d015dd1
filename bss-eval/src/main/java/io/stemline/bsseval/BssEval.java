package io.stemline.bsseval;

import java.util.List;

/** BSS Eval versions 3 and 4. */
public final class BssEval {
    private BssEval() {}

    public static BssEvalResult v4(
            List<? extends Signal> references, List<? extends Signal> estimates, BssEvalSettings settings) {
        throw new UnsupportedOperationException();
    }

    public static BssEvalResult v3Images(
            List<? extends Signal> references, List<? extends Signal> estimates, BssEvalSettings settings) {
        throw new UnsupportedOperationException();
    }

    public static BssEvalResult v3Sources(
            List<? extends Signal> references, List<? extends Signal> estimates, BssEvalSettings settings) {
        throw new UnsupportedOperationException();
    }
}
