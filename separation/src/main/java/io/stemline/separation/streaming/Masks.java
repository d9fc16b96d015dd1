package io.stemline.separation.streaming;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.StemRule;
import io.stemline.separation.model.StftLayout;
import java.util.Arrays;

/**
 * Makes masks of what a spectrogram network says: magnitudes become ratios of squares, (o^2 + e/N) / (sum o^2 + e) with
 * e = 1e-10 and N stems; then the card's rules; then, if the card says so, masks are made to sum to one (equal shares
 * where all are zero).
 *
 * <p>In place: what comes as {@code [frame][bin][stem][channel]} is left as {@code [frame][stem][channel][bin]}, because the
 * compiler makes vector instructions only of loops over neighbours, and all work from here on goes along the bins.
 */
final class Masks {

    private static final float EPSILON = 1e-10f;
    private static final float SQUARE_ROOT = 0.5f;

    private final boolean magnitudes;
    private final boolean normalise;
    private final int stems;
    private final int channels;
    private final int bins;
    private final float[] exponents;
    private final int[] lowestBins;

    /** The masks of a frame, {@code [stem * channels + channel][bin]}. */
    private final float[][] frameMasks;

    private final float[] sum;

    Masks(ModelCard card) {
        var stft = card.stft().orElseThrow();
        this.magnitudes = card.output().kind() == OutputKind.MAGNITUDE;
        this.normalise = card.normaliseMasks();
        this.stems = card.stems().size();
        this.channels = card.channels();
        this.bins = stft.bins();
        this.exponents = new float[stems];
        this.lowestBins = new int[stems];
        this.frameMasks = new float[stems * channels][bins];
        this.sum = new float[bins];
        Arrays.fill(exponents, 1);
        for (int stem = 0; stem < stems; stem++) {
            var rule = card.stemRules().get(card.stems().get(stem));
            if (rule != null) {
                exponents[stem] = (float) rule.maskExponent().orElse(1);
                lowestBins[stem] = lowestBin(rule, stft, card.sampleRateHz());
            }
        }
    }

    private static int lowestBin(StemRule rule, StftLayout stft, int sampleRateHz) {
        double bin = rule.lowestFrequencyHz().orElse(0) * stft.fftLength() / sampleRateHz;
        return (int) Math.min(stft.bins(), Math.ceil(bin));
    }

    void prepare(float[] output, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            int from = frame * bins * frameMasks.length;
            comeApart(output, from);
            for (int channel = 0; channel < channels; channel++) {
                prepareChannel(channel);
            }
            for (int index = 0; index < frameMasks.length; index++) {
                System.arraycopy(frameMasks[index], 0, output, from + index * bins, bins);
            }
        }
    }

    private void comeApart(float[] output, int from) {
        int row = frameMasks.length;
        for (int index = 0; index < row; index++) {
            float[] mask = frameMasks[index];
            int at = from + index;
            for (int bin = 0; bin < bins; bin++) {
                mask[bin] = output[at];
                at += row;
            }
        }
    }

    private void prepareChannel(int channel) {
        if (magnitudes) {
            ratios(channel);
        }
        for (int stem = 0; stem < stems; stem++) {
            applyRule(mask(stem, channel), exponents[stem], lowestBins[stem]);
        }
        if (normalise) {
            normalise(channel);
        }
    }

    private float[] mask(int stem, int channel) {
        return frameMasks[stem * channels + channel];
    }

    private void ratios(int channel) {
        Arrays.fill(sum, EPSILON);
        float share = EPSILON / stems;
        for (int stem = 0; stem < stems; stem++) {
            float[] magnitudes = mask(stem, channel);
            for (int bin = 0; bin < bins; bin++) {
                sum[bin] += magnitudes[bin] * magnitudes[bin];
            }
        }
        for (int stem = 0; stem < stems; stem++) {
            float[] mask = mask(stem, channel);
            for (int bin = 0; bin < bins; bin++) {
                mask[bin] = (mask[bin] * mask[bin] + share) / sum[bin];
            }
        }
    }

    private static void applyRule(float[] mask, float exponent, int lowestBin) {
        if (exponent == SQUARE_ROOT) {
            for (int bin = 0; bin < mask.length; bin++) {
                mask[bin] = (float) Math.sqrt(Math.max(0, mask[bin]));
            }
        } else if (exponent != 1) {
            for (int bin = 0; bin < mask.length; bin++) {
                mask[bin] = (float) Math.pow(Math.max(0, mask[bin]), exponent);
            }
        }
        Arrays.fill(mask, 0, lowestBin, 0);
    }

    private void normalise(int channel) {
        Arrays.fill(sum, 0);
        for (int stem = 0; stem < stems; stem++) {
            float[] mask = mask(stem, channel);
            for (int bin = 0; bin < bins; bin++) {
                sum[bin] += mask[bin];
            }
        }
        float equal = 1f / stems;
        for (int stem = 0; stem < stems; stem++) {
            float[] mask = mask(stem, channel);
            for (int bin = 0; bin < bins; bin++) {
                mask[bin] = sum[bin] > EPSILON ? mask[bin] / sum[bin] : equal;
            }
        }
    }
}
