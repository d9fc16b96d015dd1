package io.stemline.bsseval;

/**
 * Scale-invariant figures in dB, each [source]; or their differences in dB, where an improvement was asked for.
 *
 * @param siSdr scale-invariant signal-to-distortion ratio, |e_target|^2 / |e_res|^2
 * @param siSir scale-invariant signal-to-interference ratio, |e_target|^2 / |e_interf|^2
 * @param siSar scale-invariant signal-to-artifacts ratio, |e_target|^2 / |e_artif|^2
 * @param sdSdr scale-dependent signal-to-distortion ratio, |e_target|^2 / |s - e|^2
 */
public record ScaleInvariantScores(double[] siSdr, double[] siSir, double[] siSar, double[] sdSdr) {

    ScaleInvariantScores minus(ScaleInvariantScores other) {
        return new ScaleInvariantScores(
                Decibels.differences(siSdr, other.siSdr),
                Decibels.differences(siSir, other.siSir),
                Decibels.differences(siSar, other.siSar),
                Decibels.differences(sdSdr, other.sdSdr));
    }
}
