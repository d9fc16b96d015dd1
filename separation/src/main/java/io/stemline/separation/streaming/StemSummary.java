package io.stemline.separation.streaming;

/**
 * A stem in figures.
 *
 * @param stem its name
 * @param lengthFrames its length, which is the mixture's
 * @param peakDbfs its highest sample in decibels of full scale, negative infinity for silence
 * @param rmsDbfs its root mean square over all channels in decibels of full scale, negative infinity for silence
 * @param energyShare its energy as a share of the sum of all stems' energies, 0 if all are silent
 */
public record StemSummary(String stem, long lengthFrames, double peakDbfs, double rmsDbfs, double energyShare) {

    /** Whether the stem holds nothing but zeros. */
    public boolean silent() {
        return peakDbfs == Double.NEGATIVE_INFINITY;
    }
}
