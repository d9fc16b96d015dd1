package io.stemline.separation.blind;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * The two-dimensional Fourier transform of the spectrogram (Seetharaman, Pishdadian and Pardo, "Music/voice separation using
 * the 2D Fourier transform", 2017): what repeats in time are peaks along its axis of rates. The accompaniment's spectrogram is
 * the inverse transform of the peaks.
 *
 * <p>A peak is the largest of the 25 values around it, and weighs by how many standard deviations it stands out from their
 * mean, divided by the largest such weight (Seetharaman, "Bootstrapping the learning process for computer audition", 2019,
 * chapter 2); its mirror image weighs as much. As the spectrogram is real, half of the scales are enough.
 */
final class TwoDimensionalFourier implements SegmentMask {

    private static final int NEIGHBOURHOOD = 25;
    private static final double EPSILON = 1e-7;

    private final int bins;
    private final int lowestBin;
    private final int scales;
    private final DoubleFFT_1D alongFrequency;

    /** The transform, {@code [scale][2 * rate]}, real and imaginary parts in turn. */
    private final double[][] transform;

    private final float[][] weights;
    private final double[] row;
    private final double[] heights;
    private DoubleFFT_1D alongTime = new DoubleFFT_1D(1);
    private int alongTimeLength = 1;

    TwoDimensionalFourier(int mostFrames, int bins, int lowestBin) {
        this.bins = bins;
        this.lowestBin = lowestBin;
        this.scales = bins / 2 + 1;
        this.alongFrequency = new DoubleFFT_1D(bins);
        this.transform = new double[scales][2 * mostFrames];
        this.weights = new float[scales][mostFrames];
        this.row = new double[2 * bins];
        this.heights = new double[mostFrames];
    }

    @Override
    public void compute(SegmentSpectrum mixture, float[][] mask) {
        int frames = mixture.frames();
        if (alongTimeLength != frames) {
            alongTime = new DoubleFFT_1D(frames);
            alongTimeLength = frames;
        }
        for (int channel = 0; channel < mask.length; channel++) {
            keepPeaks(forward(mixture.magnitudes()[channel], frames), frames);
            inverse(mixture.magnitudes()[channel], frames, mask[channel]);
            toVoice(mask[channel], frames);
        }
    }

    /** Transforms and returns the sum of all magnitudes, which is the largest value of the transform. */
    private double forward(float[] magnitudes, int frames) {
        double sum = 0;
        for (int frame = 0; frame < frames; frame++) {
            for (int bin = 0; bin < bins; bin++) {
                row[bin] = magnitudes[frame * bins + bin];
                sum += row[bin];
            }
            alongFrequency.realForwardFull(row);
            for (int scale = 0; scale < scales; scale++) {
                transform[scale][2 * frame] = row[2 * scale];
                transform[scale][2 * frame + 1] = row[2 * scale + 1];
            }
        }
        for (double[] scale : transform) {
            alongTime.complexForward(scale);
        }
        return sum;
    }

    private void keepPeaks(double largest, int frames) {
        float heaviest = 0;
        for (int scale = 0; scale < scales; scale++) {
            heaviest = Math.max(heaviest, weigh(transform[scale], weights[scale], largest, frames));
        }
        for (int scale = 0; scale < scales; scale++) {
            for (int rate = 0; rate < frames; rate++) {
                int mirrored = rate == 0 ? 0 : frames - rate;
                double weight = Math.max(weights[scale][rate], weights[scale][mirrored]) / (heaviest + EPSILON);
                transform[scale][2 * rate] *= weight;
                transform[scale][2 * rate + 1] *= weight;
            }
        }
    }

    /** Weighs the rates of one scale, and returns the largest weight. */
    private float weigh(double[] values, float[] weight, double largest, int frames) {
        int middle = frames / 2;
        for (int n = 0; n < frames; n++) {
            int rate = (n + frames - middle) % frames;
            heights[n] = Math.hypot(values[2 * rate], values[2 * rate + 1]) / (largest + EPSILON);
        }
        float heaviest = 0;
        for (int n = 0; n < frames; n++) {
            float prominence = prominence(n, frames);
            weight[(n + frames - middle) % frames] = prominence;
            heaviest = Math.max(heaviest, prominence);
        }
        return heaviest;
    }

    private float prominence(int centre, int frames) {
        double sum = 0;
        double squares = 0;
        for (int n = centre - NEIGHBOURHOOD / 2; n <= centre + NEIGHBOURHOOD / 2; n++) {
            double height = heights[mirror(n, frames)];
            if (height > heights[centre]) {
                return 0;
            }
            sum += height;
            squares += height * height;
        }
        double mean = sum / NEIGHBOURHOOD;
        double deviation = Math.sqrt(Math.max(0, squares / NEIGHBOURHOOD - mean * mean));
        return (float) ((heights[centre] - mean) / (deviation + EPSILON));
    }

    private static int mirror(int index, int length) {
        int folded = Math.floorMod(index, 2 * length);
        return folded < length ? folded : 2 * length - 1 - folded;
    }

    /** Writes min(|peaks|, mixture) / mixture. */
    private void inverse(float[] magnitudes, int frames, float[] mask) {
        for (double[] scale : transform) {
            alongTime.complexInverse(scale, true);
        }
        for (int frame = 0; frame < frames; frame++) {
            for (int scale = 0; scale < scales; scale++) {
                row[2 * scale] = transform[scale][2 * frame];
                row[2 * scale + 1] = transform[scale][2 * frame + 1];
            }
            for (int scale = scales; scale < bins; scale++) {
                row[2 * scale] = row[2 * (bins - scale)];
                row[2 * scale + 1] = -row[2 * (bins - scale) + 1];
            }
            alongFrequency.complexInverse(row, true);
            for (int bin = 0; bin < bins; bin++) {
                double height = magnitudes[frame * bins + bin] + EPSILON;
                mask[frame * bins + bin] = (float) (Math.min(Math.abs(row[2 * bin]), height) / height);
            }
        }
    }

    private void toVoice(float[] mask, int frames) {
        float largest = 0;
        for (int at = 0; at < frames * bins; at++) {
            largest = Math.max(largest, mask[at]);
        }
        for (int at = 0; at < frames * bins; at++) {
            boolean tooLow = at % bins < lowestBin;
            mask[at] = tooLow ? 0 : 1 - Math.min(1, mask[at] / (largest + (float) EPSILON));
        }
    }
}
