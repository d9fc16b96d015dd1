package io.stemline.separation.blind;

/**
 * Harmonic and percussive parts by median filters (Fitzgerald, "Harmonic/percussive separation using median filtering",
 * 2010): what is harmonic is smooth along time, what is percussive is smooth along frequency. The mask is H^2 / (H^2 + P^2)
 * (Driedger, Müller and Disch, "Extending harmonic-percussive separation of audio signals", 2014, with a margin of 1), and a
 * half where there is nothing. Beyond the ends of time and frequency the spectrogram is mirrored.
 */
final class HarmonicPercussive implements SegmentMask {

    private static final int KERNEL = 31;

    private final int bins;
    private final RowMedian median;
    private final float[] harmonic;
    private final float[] percussive;
    private final float[] mirrored;

    HarmonicPercussive(int bins) {
        this.bins = bins;
        this.median = new RowMedian(KERNEL, bins);
        this.harmonic = new float[bins];
        this.percussive = new float[bins];
        this.mirrored = new float[bins + KERNEL - 1];
    }

    @Override
    public void compute(SegmentSpectrum mixture, float[][] mask) {
        for (int channel = 0; channel < mask.length; channel++) {
            float[] magnitudes = mixture.magnitudes()[channel];
            for (int frame = 0; frame < mixture.frames(); frame++) {
                alongTime(magnitudes, frame, mixture.frames());
                alongFrequency(magnitudes, frame);
                ratio(mask[channel], frame * bins);
            }
        }
    }

    private void alongTime(float[] magnitudes, int frame, int frames) {
        for (int k = 0; k < KERNEL; k++) {
            median.set(k, magnitudes, mirror(frame + k - KERNEL / 2, frames) * bins);
        }
        median.median(KERNEL, harmonic, 0);
    }

    private void alongFrequency(float[] magnitudes, int frame) {
        for (int n = 0; n < mirrored.length; n++) {
            mirrored[n] = magnitudes[frame * bins + mirror(n - KERNEL / 2, bins)];
        }
        for (int k = 0; k < KERNEL; k++) {
            median.set(k, mirrored, k);
        }
        median.median(KERNEL, percussive, 0);
    }

    /** The place of an index beyond the ends, each end's element being there twice. */
    private static int mirror(int index, int length) {
        int folded = Math.floorMod(index, 2 * length);
        return folded < length ? folded : 2 * length - 1 - folded;
    }

    private void ratio(float[] mask, int from) {
        for (int bin = 0; bin < bins; bin++) {
            float largest = Math.max(harmonic[bin], percussive[bin]);
            float h = harmonic[bin] / largest;
            float p = percussive[bin] / largest;
            mask[from + bin] = largest < Float.MIN_NORMAL ? 0.5f : h * h / (h * h + p * p);
        }
    }
}
