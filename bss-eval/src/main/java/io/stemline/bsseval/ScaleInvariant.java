package io.stemline.bsseval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Scale-invariant figures in dB (Le Roux, Wisdom, Erdogan, Hershey, "SDR - half-baked or well done?", ICASSP 2019).
 *
 * <p>An estimate e of source s_j is split (equations 4 and 5) into e_target = a s_j with a = &lt;e, s_j&gt; / &lt;s_j, s_j&gt;,
 * e_interf = P(e) - e_target and e_artif = e - P(e), where P is the orthogonal projection on the span of all references.
 * "Whole" figures take all channels as one vector with a single gain; per-channel figures score each channel by itself.
 *
 * <p>Three passes: the means, where they are removed; the inner products; and the energies of the residuals. The last are
 * summed from the residuals themselves, because differences of inner products lose them in rounding above 100 dB.
 * Estimates are padded or cut to their reference's length. A reference or estimate without energy is an error.
 */
public final class ScaleInvariant {

    private ScaleInvariant() {}

    /** SI-SDR of the whole signal, all channels taken as one vector. */
    public static double siSdr(Signal reference, Signal estimate, Mean mean) {
        return score(List.of(reference), List.of(estimate), mean).siSdr()[0];
    }

    /** SI-SDR of each channel by itself, [channel]. */
    public static double[] siSdrPerChannel(Signal reference, Signal estimate, Mean mean) {
        return scorePerChannel(List.of(reference), List.of(estimate), mean).stream()
                .mapToDouble(scores -> scores.siSdr()[0])
                .toArray();
    }

    /** All figures of the whole signals: {@code estimates.get(j)} belongs to {@code references.get(j)}. */
    public static ScaleInvariantScores score(
            List<? extends Signal> references, List<? extends Signal> estimates, Mean mean) {
        var inputs = Inputs.of(references, estimates);
        return ScaleInvariantDecomposition.of(inputs, 0, inputs.channels(), mean);
    }

    /** All figures of each channel by itself, one element for each channel. */
    public static List<ScaleInvariantScores> scorePerChannel(
            List<? extends Signal> references, List<? extends Signal> estimates, Mean mean) {
        var inputs = Inputs.of(references, estimates);
        var scores = new ArrayList<ScaleInvariantScores>();
        for (int c = 0; c < inputs.channels(); c++) {
            scores.add(ScaleInvariantDecomposition.of(inputs, c, c + 1, mean));
        }
        return List.copyOf(scores);
    }

    /** How many dB the estimates' figures lie above those of the mixture taken as the estimate of every source. */
    public static ScaleInvariantScores improvement(
            List<? extends Signal> references, List<? extends Signal> estimates, Signal mixture, Mean mean) {
        return score(references, estimates, mean).minus(score(references, repeated(mixture, references), mean));
    }

    /** {@link #improvement} of each channel by itself, one element for each channel. */
    public static List<ScaleInvariantScores> improvementPerChannel(
            List<? extends Signal> references, List<? extends Signal> estimates, Signal mixture, Mean mean) {
        var ofEstimates = scorePerChannel(references, estimates, mean);
        var ofMixture = scorePerChannel(references, repeated(mixture, references), mean);
        var improvements = new ArrayList<ScaleInvariantScores>();
        for (int c = 0; c < ofEstimates.size(); c++) {
            improvements.add(ofEstimates.get(c).minus(ofMixture.get(c)));
        }
        return List.copyOf(improvements);
    }

    private static List<Signal> repeated(Signal mixture, List<? extends Signal> references) {
        return Collections.nCopies(references.size(), mixture);
    }
}
