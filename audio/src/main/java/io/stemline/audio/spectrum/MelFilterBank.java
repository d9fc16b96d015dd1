package io.stemline.audio.spectrum;

/**
 * Triangular filters, equally wide in mel, that gather the bins of a spectrum into bands.
 *
 * <p>Band {@code b} rises from 0 at edge {@code b} to its peak at edge {@code b + 1} and falls to 0 at edge
 * {@code b + 2}, where the {@code bands + 2} edges are equally spaced in mel from the lowest to the highest frequency
 * (Davis and Mermelstein 1980; Slaney 1998).
 */
public final class MelFilterBank {

    /** How high the filters are. */
    public enum Height {
        /** Every peak is 1, as in HTK. */
        UNIT,
        /** Every filter has the area 1 over frequency in Hz, as in Slaney's toolbox. */
        UNIT_AREA
    }

    private final int bins;
    private final int[] firstBin;
    private final float[][] weights;

    /**
     * @param sampleRateHz of the signals
     * @param fftLength of the spectra, which have {@code fftLength / 2 + 1} bins
     * @param bands how many filters
     */
    public MelFilterBank(
            MelScale scale,
            Height height,
            int sampleRateHz,
            int fftLength,
            int bands,
            double lowestHz,
            double highestHz) {
        if (bands < 1 || lowestHz < 0 || lowestHz >= highestHz || highestHz > sampleRateHz / 2.0) {
            throw new IllegalArgumentException(
                    "%d bands from %s to %s Hz: there must be a band, and 0 <= lowest < highest <= %s Hz"
                            .formatted(bands, lowestHz, highestHz, sampleRateHz / 2.0));
        }
        this.bins = fftLength / 2 + 1;
        this.firstBin = new int[bands];
        this.weights = new float[bands][];
        double lowestMel = scale.fromHz(lowestHz);
        double stepMel = (scale.fromHz(highestHz) - lowestMel) / (bands + 1);
        double hzPerBin = (double) sampleRateHz / fftLength;
        for (int band = 0; band < bands; band++) {
            double leftHz = scale.toHz(lowestMel + band * stepMel);
            double peakHz = scale.toHz(lowestMel + (band + 1) * stepMel);
            double rightHz = scale.toHz(lowestMel + (band + 2) * stepMel);
            double peak = height == Height.UNIT ? 1 : 2 / (rightHz - leftHz);
            firstBin[band] = Math.min(bins, (int) Math.ceil(leftHz / hzPerBin));
            int endBin = Math.max(firstBin[band], Math.min(bins, (int) Math.floor(rightHz / hzPerBin) + 1));
            weights[band] = new float[endBin - firstBin[band]];
            for (int k = 0; k < weights[band].length; k++) {
                double frequencyHz = (firstBin[band] + k) * hzPerBin;
                double rising = (frequencyHz - leftHz) / (peakHz - leftHz);
                double falling = (rightHz - frequencyHz) / (rightHz - peakHz);
                weights[band][k] = (float) (peak * Math.max(0, Math.min(rising, falling)));
            }
        }
    }

    /** Filters of unit area from 0 Hz to half the sample rate on Slaney's scale. */
    public static MelFilterBank slaney(int sampleRateHz, int fftLength, int bands) {
        return new MelFilterBank(
                MelScale.slaney(), Height.UNIT_AREA, sampleRateHz, fftLength, bands, 0, sampleRateHz / 2.0);
    }

    /** Filters of unit height from 0 Hz to half the sample rate on HTK's scale. */
    public static MelFilterBank htk(int sampleRateHz, int fftLength, int bands) {
        return new MelFilterBank(MelScale.htk(), Height.UNIT, sampleRateHz, fftLength, bands, 0, sampleRateHz / 2.0);
    }

    public int bands() {
        return weights.length;
    }

    public int bins() {
        return bins;
    }

    /** The filter of a band as weights of all bins, {@code [bin]}. */
    public float[] filter(int band) {
        float[] filter = new float[bins];
        System.arraycopy(weights[band], 0, filter, firstBin[band], weights[band].length);
        return filter;
    }

    /**
     * Gathers one spectrum.
     *
     * @param spectrum magnitudes or powers, {@code [bin]}
     * @param mel receives the bands, {@code [band]}
     */
    public void apply(float[] spectrum, float[] mel) {
        for (int band = 0; band < weights.length; band++) {
            float[] filter = weights[band];
            int first = firstBin[band];
            float sum = 0;
            for (int k = 0; k < filter.length; k++) {
                sum += filter[k] * spectrum[first + k];
            }
            mel[band] = sum;
        }
    }

    /** Gathers the spectra of all frames, {@code [frame][bin]} to {@code [frame][band]}. */
    public float[][] apply(float[][] spectra) {
        float[][] mel = new float[spectra.length][bands()];
        for (int frame = 0; frame < spectra.length; frame++) {
            apply(spectra[frame], mel[frame]);
        }
        return mel;
    }
}
