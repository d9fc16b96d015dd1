package io.stemline.bsseval;

import java.util.List;

/**
 * Figures in dB, each [source][window] with sources in the order of the references. All figures of a window are NaN where
 * the channels of one reference or estimate add up to silence throughout.
 *
 * @param windows where the windows lie
 * @param sdr source to distortion ratio
 * @param isr image to spatial distortion ratio; NaN in the sources form, which has none
 * @param sir source to interference ratio
 * @param sar source to artifacts ratio
 * @param permutation index of the estimate that belongs to each reference, [source][window]; -1 in a window without figures
 *     when each window has a permutation of its own
 * @param conditionEstimate estimated condition number of the worst system that was solved
 * @param warnings what the reader of the figures must know
 */
public record BssEvalResult(
        List<Window> windows,
        double[][] sdr,
        double[][] isr,
        double[][] sir,
        double[][] sar,
        int[][] permutation,
        double conditionEstimate,
        List<ScoreWarning> warnings) {

    public BssEvalResult {
        windows = List.copyOf(windows);
        warnings = List.copyOf(warnings);
    }

    public double[][] of(Metric metric) {
        return switch (metric) {
            case SDR -> sdr;
            case ISR -> isr;
            case SIR -> sir;
            case SAR -> sar;
        };
    }

    /** The median over windows, [source]. */
    public double[] median(Metric metric) {
        return Medians.overWindows(of(metric));
    }
}
