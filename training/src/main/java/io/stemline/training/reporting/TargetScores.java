package io.stemline.training.reporting;

/**
 * The figures of a target of a track in dB; NaN where one is not defined, infinite where nothing is wrong with the estimate.
 *
 * @param target {@code vocals}
 * @param sdr source to distortion ratio; this and the next three are BSS Eval's version 4, medians over windows of a second
 * @param isr image to spatial distortion ratio
 * @param sir source to interference ratio; NaN for a lone target
 * @param sar source to artifacts ratio
 * @param siSdr scale-invariant SDR of the whole track, all channels as one signal
 * @param siSdrImprovement how much that is above that of the mixture
 * @param snr signal to noise ratio of the whole track
 * @param mdxSdr the SDR of the Music Demixing Challenges, defined for silent references, too
 */
public record TargetScores(
        String target,
        double sdr,
        double isr,
        double sir,
        double sar,
        double siSdr,
        double siSdrImprovement,
        double snr,
        double mdxSdr) {}
