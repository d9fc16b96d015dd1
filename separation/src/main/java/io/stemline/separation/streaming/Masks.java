package io.stemline.separation.streaming;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.StemRule;
import io.stemline.separation.model.StftLayout;
import java.util.Arrays;

/**
 * Makes masks of what a spectrogram network says, in place, {@code [frame][bin][stem][channel]}: magnitudes become ratios
 * of squares, (o^2 + e/N) / (sum o^2 + e) with e = 1e-10 and N stems; then the card's rules; then, if the card says so,
 * masks are made to sum to one (equal shares where all are zero).
 */
final class Masks {

    private static final float EPSILON = 1e-10f;

    private final boolean magnitudes;
    private final boolean normalise;
    private final int stems;
    private final int channels;
    private final int bins;
    private final float[] exponents;
    private final int[] lowestBins;
    private final boolean ruled;

    Masks(ModelCard card) {
        var stft = card.stft().orElseThrow();
        this.magnitudes = card.output().kind() == OutputKind.MAGNITUDE;
        this.normalise = card.normaliseMasks();
        this.stems = card.stems().size();
        this.channels = card.channels();
        this.bins = stft.bins();
        this.exponents = new float[stems];
        this.lowestBins = new int[stems];
        this.ruled = !card.stemRules().isEmpty();
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
        if (!magnitudes && !ruled && !normalise) {
            return;
        }
        int row = stems * channels;
        for (int frame = 0; frame < frames; frame++) {
            for (int bin = 0; bin < bins; bin++) {
                int at = (frame * bins + bin) * row;
                for (int channel = 0; channel < channels; channel++) {
                    prepareBin(output, at + channel, bin);
                }
            }
        }
    }

    private void prepareBin(float[] output, int at, int bin) {
        if (magnitudes) {
            ratios(output, at);
        }
        if (ruled) {
            applyRules(output, at, bin);
        }
        if (normalise) {
            normalise(output, at);
        }
    }

    private void ratios(float[] output, int at) {
        float sum = EPSILON;
        for (int stem = 0; stem < stems; stem++) {
            float magnitude = output[at + stem * channels];
            sum += magnitude * magnitude;
        }
        for (int stem = 0; stem < stems; stem++) {
            float magnitude = output[at + stem * channels];
            output[at + stem * channels] = (magnitude * magnitude + EPSILON / stems) / sum;
        }
    }

    private void applyRules(float[] output, int at, int bin) {
        for (int stem = 0; stem < stems; stem++) {
            int index = at + stem * channels;
            if (bin < lowestBins[stem]) {
                output[index] = 0;
            } else if (exponents[stem] != 1) {
                output[index] = (float) Math.pow(Math.max(0, output[index]), exponents[stem]);
            }
        }
    }

    private void normalise(float[] output, int at) {
        float sum = 0;
        for (int stem = 0; stem < stems; stem++) {
            sum += output[at + stem * channels];
        }
        for (int stem = 0; stem < stems; stem++) {
            int index = at + stem * channels;
            output[index] = sum > EPSILON ? output[index] / sum : 1f / stems;
        }
    }
}
