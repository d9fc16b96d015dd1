package io.stemline.separation.blind;

/**
 * Harmonic and percussive parts by median filters (Fitzgerald, "Harmonic/percussive separation using median filtering",
 * 2010): what is harmonic is smooth along time, what is percussive is smooth along frequency. The mask is H^2 / (H^2 + P^2)
 * (Driedger, Müller and Disch, "Extending harmonic-percussive separation of audio signals", 2014, with a margin of 1), and a
 * half where there is nothing. Beyond the ends of time and frequency the spectrogram is mirrored.
 */
final class HarmonicPercussive implements SegmentMask {

    private static final int KERNEL = 31;
    private static final int HALF = KERNEL / 2;

    /** How much the kernels of two neighbours have in common: it is sorted once for both. */
    private static final int SHARED = KERNEL - 1;

    private final int bins;
    private final int pairs;
    private final RowMedian alongTime;
    private final RowMedian alongFrequency;
    private final float[][] harmonic;
    private final float[] percussive;

    /** A frame, mirrored beyond its ends: its elements of even and those of odd index. */
    private final float[][] mirrored;

    /** Medians around the bins of even and those of odd index. */
    private final float[][] medians;

    HarmonicPercussive(int bins) {
        this.bins = bins;
        this.pairs = (bins + 1) / 2;
        this.alongTime = new RowMedian(SHARED, bins);
        this.alongFrequency = new RowMedian(SHARED, pairs);
        this.harmonic = new float[2][bins];
        this.percussive = new float[bins];
        this.mirrored = new float[2][pairs + HALF];
        this.medians = new float[2][pairs];
    }

    @Override
    public void compute(SegmentSpectrum mixture, float[][] mask) {
        for (int channel = 0; channel < mask.length; channel++) {
            float[] magnitudes = mixture.magnitudes()[channel];
            for (int frame = 0; frame < mixture.frames(); frame++) {
                if (frame % 2 == 0) {
                    alongTime(magnitudes, frame, mixture.frames());
                }
                alongFrequency(magnitudes, frame * bins);
                ratio(harmonic[frame % 2], mask[channel], frame * bins);
            }
        }
    }

    /** The medians around a frame and around the next. */
    private void alongTime(float[] magnitudes, int frame, int frames) {
        for (int k = 0; k < SHARED; k++) {
            alongTime.set(k, magnitudes, mirror(frame + 1 + k - HALF, frames) * bins);
        }
        alongTime.sort(SHARED);
        alongTime.medianWith(SHARED, magnitudes, mirror(frame - HALF, frames) * bins, harmonic[0]);
        alongTime.medianWith(SHARED, magnitudes, mirror(frame + 1 + HALF, frames) * bins, harmonic[1]);
    }

    private void alongFrequency(float[] magnitudes, int from) {
        for (int n = 0; n < 2 * mirrored[0].length; n++) {
            mirrored[n % 2][n / 2] = magnitudes[from + mirror(n - HALF, bins)];
        }
        for (int k = 1; k <= SHARED; k++) {
            alongFrequency.set(k - 1, mirrored[k % 2], k / 2);
        }
        alongFrequency.sort(SHARED);
        alongFrequency.medianWith(SHARED, mirrored[0], 0, medians[0]);
        alongFrequency.medianWith(SHARED, mirrored[KERNEL % 2], KERNEL / 2, medians[1]);
        for (int bin = 0; bin < bins; bin++) {
            percussive[bin] = medians[bin % 2][bin / 2];
        }
    }

    /** The place of an index beyond the ends, each end's element being there twice. */
    private static int mirror(int index, int length) {
        int folded = Math.floorMod(index, 2 * length);
        return folded < length ? folded : 2 * length - 1 - folded;
    }

    private void ratio(float[] harmonic, float[] mask, int from) {
        for (int bin = 0; bin < bins; bin++) {
            float largest = Math.max(harmonic[bin], percussive[bin]);
            float h = harmonic[bin] / largest;
            float p = percussive[bin] / largest;
            mask[from + bin] = largest < Float.MIN_NORMAL ? 0.5f : h * h / (h * h + p * p);
        }
    }
}
