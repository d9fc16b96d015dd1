package io.stemline.bsseval;

import java.util.List;

/** Plain ratios of a reference's energy to that of the estimate's error, over all channels of the whole signal, in dB. */
public final class SignalToNoise {
    /** Keeps the MDX challenges' ratio finite for silent references and perfect estimates. */
    private static final double MDX_DELTA = 1e-7;

    private static final int BLOCK_FRAMES = 8192;

    private SignalToNoise() {}

    /** Signal-to-noise ratio, 10 log10(sum s^2 / sum (s - e)^2). */
    public static double snr(Signal reference, Signal estimate) {
        return ratio(reference, estimate, 0);
    }

    /** SNR of the estimate over that of the mixture taken as the estimate. */
    public static double snrImprovement(Signal reference, Signal estimate, Signal mixture) {
        return snr(reference, estimate) - snr(reference, mixture);
    }

    /**
     * The signal-to-distortion ratio of the Music Demixing Challenges, 10 log10((sum s^2 + d) / (sum (s - e)^2 + d)) with
     * d = 1e-7 (Mitsufuji and others, "Music Demixing Challenge 2021", 2022, equation 1). It is finite for every input.
     */
    public static double mdxSdr(Signal reference, Signal estimate) {
        return ratio(reference, estimate, MDX_DELTA);
    }

    /** {@link #mdxSdr} of the estimate over that of the mixture taken as the estimate. */
    public static double mdxSdrImprovement(Signal reference, Signal estimate, Signal mixture) {
        return mdxSdr(reference, estimate) - mdxSdr(reference, mixture);
    }

    private static double ratio(Signal reference, Signal estimate, double delta) {
        var inputs = Inputs.of(List.of(reference), List.of(estimate));
        var s = new double[inputs.channels()][BLOCK_FRAMES];
        var e = new double[inputs.channels()][BLOCK_FRAMES];
        double signal = delta;
        double noise = delta;
        for (long start = 0; start < inputs.lengthFrames(); start += BLOCK_FRAMES) {
            int frames = (int) Math.min(BLOCK_FRAMES, inputs.lengthFrames() - start);
            inputs.readReference(0, start, s, frames);
            inputs.readEstimate(0, start, e, frames);
            for (int c = 0; c < s.length; c++) {
                signal += InnerProducts.squaredNorm(s[c], frames);
                noise += InnerProducts.squaredDistance(s[c], e[c], frames);
            }
        }
        return Decibels.ratio(signal, noise);
    }
}
