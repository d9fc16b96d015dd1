package io.stemline.bsseval;

import java.util.List;

/**
 * BSS Eval: how much of an estimate is its source, filtered, how much other sources, and how much neither.
 *
 * <p>Each estimate is projected by least squares on shifted copies of its own reference and of all references (Vincent,
 * Gribonval, Fevotte, "Performance measurement in blind audio source separation", IEEE TASLP 14, 2006). The energies of the
 * parts give the figures: SDR, ISR, SIR, SAR.
 *
 * <p>The references must have one length and all signals one number of channels; estimates are padded or cut. A signal
 * that is silent throughout is an error, as are samples that are not finite numbers and more than 100 sources. What belongs
 * to the {@code i}-th reference stands at index i of all results.
 *
 * <p>Vocals against accompaniment is a scenario of its own, with two sources: score it with {@link Signal#sumOf} of the
 * other stems as the second.
 */
public final class BssEval {
    private BssEval() {}

    /**
     * Version 4, as museval computes it (Stoter, Liutkus, Ito, "The 2018 Signal Separation Evaluation Campaign", 2018): the
     * filters are estimated once, on the whole signal; then each window is scored with them. A partial last window is
     * dropped. With {@code permute}, one permutation holds for the whole signal: that with the best SIR, averaged over
     * sources and those windows that have figures.
     */
    public static BssEvalResult v4(
            List<? extends Signal> references, List<? extends Signal> estimates, BssEvalSettings settings) {
        return new Scoring(Inputs.of(references, estimates), Form.IMAGES, settings).withFiltersOfTheWholeSignal();
    }

    /**
     * Version 3, images form: filters are estimated anew in every window, and a filtered reference counts as distorted. The
     * whole signal is scored as one where fewer than two windows fit. With {@code permute}, each window has the permutation
     * with the best mean SIR.
     */
    public static BssEvalResult v3Images(
            List<? extends Signal> references, List<? extends Signal> estimates, BssEvalSettings settings) {
        return new Scoring(Inputs.of(references, estimates), Form.IMAGES, settings).withFiltersOfEachWindow();
    }

    /** Version 3, sources form: like {@link #v3Images}, but any filtering of the reference is allowed. There is no ISR. */
    public static BssEvalResult v3Sources(
            List<? extends Signal> references, List<? extends Signal> estimates, BssEvalSettings settings) {
        return new Scoring(Inputs.of(references, estimates), Form.SOURCES, settings).withFiltersOfEachWindow();
    }
}
