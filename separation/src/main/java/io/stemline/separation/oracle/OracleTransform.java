package io.stemline.separation.oracle;

import io.stemline.audio.spectrum.Stft;
import io.stemline.audio.spectrum.StftSettings;
import io.stemline.separation.SeparationException;
import java.util.Arrays;

/**
 * An ideal mask in any short-time Fourier transform, on signals in memory: what a representation allows at best. Other than
 * {@link Oracles}, it takes transforms from which signals cannot be won back, too: where windows hardly reach, nothing comes back,
 * and near there what the mask has moved in time is amplified.
 *
 * <p>Estimates are overlapped and added with the window as weight, and divided by the sum of its squares; where that is below
 * {@value #LEAST_WEIGHT} of its highest, by that.
 */
public final class OracleTransform {
    private static final float LEAST_WEIGHT = 1e-3f;

    private final StftSettings settings;
    private final OracleFilter filter;

    /**
     * A transform and a mask in it.
     *
     * @throws SeparationException if the oracle is not one of masks
     */
    public OracleTransform(StftSettings settings, OracleKind kind) {
        this.settings = settings;
        this.filter = switch (kind) {
            case IBM -> IdealMask.binary();
            case IRM1 -> IdealMask.ratio(1);
            case IRM2 -> IdealMask.ratio(2);
            case MWF -> throw new SeparationException("mwf is no mask; take ibm, irm1 or irm2");
        };
    }

    /**
     * Separates the sum of sources.
     *
     * @param sources {@code [source][channel][sample]}, all of one shape
     * @return estimates of the same shape
     */
    public float[][][] separate(float[][][] sources) {
        int lengthFrames = sources[0][0].length;
        int channels = sources[0].length;
        int window = settings.windowLength();
        int hop = settings.hopLength();
        // The first frame ends with the first sample, as far as the hop allows; the last begins behind the last sample.
        int lead = (window - 1) / hop * hop;
        int padded = lead + lengthFrames + window + hop;
        float[][][] signals = padded(sources, lead, padded);
        float[][] mixture = sum(signals, channels, padded);
        float[][][] sums = new float[sources.length][channels][padded];
        var stft = new Stft(settings);
        var frame = OracleFrame.of(sources.length, channels, settings.bins());
        float[][][] re = new float[sources.length][channels][settings.bins()];
        float[][][] im = new float[sources.length][channels][settings.bins()];
        int frames = (lead + lengthFrames - 1) / hop + 1;
        for (int start = 0; start < frames * hop; start += hop) {
            frame.analyse(stft, signals, mixture, start);
            filter.apply(frame, re, im);
            for (int source = 0; source < sources.length; source++) {
                for (int channel = 0; channel < channels; channel++) {
                    stft.overlapAddFrame(re[source][channel], im[source][channel], sums[source][channel], start);
                }
            }
        }
        return normalised(sums, lead, lengthFrames);
    }

    private static float[][][] padded(float[][][] sources, int lead, int length) {
        float[][][] padded = new float[sources.length][sources[0].length][length];
        for (int source = 0; source < sources.length; source++) {
            for (int channel = 0; channel < sources[source].length; channel++) {
                float[] samples = sources[source][channel];
                System.arraycopy(samples, 0, padded[source][channel], lead, samples.length);
            }
        }
        return padded;
    }

    private static float[][] sum(float[][][] signals, int channels, int length) {
        float[][] sum = new float[channels][length];
        for (float[][] signal : signals) {
            for (int channel = 0; channel < channels; channel++) {
                for (int n = 0; n < length; n++) {
                    sum[channel][n] += signal[channel][n];
                }
            }
        }
        return sum;
    }

    private float[][][] normalised(float[][][] sums, int lead, int lengthFrames) {
        float[] weights = settings.summedSquaredWindow();
        float highest = 0;
        for (float weight : weights) {
            highest = Math.max(highest, weight);
        }
        float least = LEAST_WEIGHT * highest;
        float[][][] estimates = new float[sums.length][sums[0].length][];
        for (int source = 0; source < sums.length; source++) {
            for (int channel = 0; channel < sums[source].length; channel++) {
                float[] estimate = Arrays.copyOfRange(sums[source][channel], lead, lead + lengthFrames);
                for (int n = 0; n < lengthFrames; n++) {
                    estimate[n] /= Math.max(least, weights[(lead + n) % settings.hopLength()]);
                }
                estimates[source][channel] = estimate;
            }
        }
        return estimates;
    }
}
