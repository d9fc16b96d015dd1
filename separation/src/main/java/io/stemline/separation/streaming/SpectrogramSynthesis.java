package io.stemline.separation.streaming;

import io.stemline.audio.spectrum.Stft;
import io.stemline.separation.model.MaskExtension;
import io.stemline.separation.model.ModelCard;
import java.util.Arrays;

/**
 * Applies masks to the mixture's spectrum, keeping its phase, and transforms back by weighted overlap-add. Multiplies
 * and transforms once per frame, channel and synthesised stem; allocates nothing.
 */
final class SpectrogramSynthesis implements SegmentSynthesis {

    private final Transform transform;
    private final ChannelGroup group;
    private final int networkChannels;
    private final int row;
    private final int[] synthesised;
    private final boolean average;
    private final Masks masks;
    private final CrossFade crossFade;
    private final Stft stft;
    private final float[] normalisation;
    private final float[] re;
    private final float[] im;
    private final float[][][] sums;
    private long leadLeft;
    private long emitted;

    /**
     * @param synthesised indices among the card's stems of those to synthesise
     */
    SpectrogramSynthesis(
            ModelCard card, Transform transform, SegmentShape shape, Pass pass, Fade fade, int[] synthesised) {
        this.transform = transform;
        this.group = pass.channels();
        this.networkChannels = card.channels();
        this.row = card.stems().size() * networkChannels;
        this.synthesised = synthesised.clone();
        this.average = card.maskExtension() == MaskExtension.AVERAGE;
        this.masks = new Masks(card);
        this.crossFade = new CrossFade(shape, fade);
        this.stft = transform.newStft();
        this.normalisation = transform.inverseSummedSquaredWindow();
        this.re = new float[transform.bins()];
        this.im = new float[transform.bins()];
        this.sums = new float[synthesised.length][pass.channels().channels()]
                [shape.frames() * transform.hopLength() + transform.windowLength()];
        this.leadLeft = transform.leadSamples() + pass.delay();
    }

    @Override
    public void accept(Segment segment, SampleQueue[] stems) {
        masks.prepare(segment.output(), segment.validFrames());
        crossFade.join(segment);
        int finished = segment.ownFrames() * transform.hopLength();
        int skipped = (int) Math.min(leadLeft, finished);
        int count = finished - skipped;
        if (segment.isLast()) {
            count = (int) Math.min(count, segment.trackLength() - emitted);
        }
        for (int index = 0; index < synthesised.length; index++) {
            for (int channel = 0; channel < group.channels(); channel++) {
                float[] sum = sums[index][channel];
                addFrames(segment, synthesised[index], channel, sum);
                normalise(sum, finished);
                stems[index].append(group.first() + channel, sum, skipped, count);
                System.arraycopy(sum, finished, sum, 0, transform.windowLength());
                Arrays.fill(sum, transform.windowLength(), sum.length, 0);
            }
        }
        leadLeft -= skipped;
        emitted += count;
    }

    private void addFrames(Segment segment, int stem, int channel, float[] sum) {
        for (int frame = 0; frame < segment.ownFrames(); frame++) {
            mask(segment, stem, channel, frame);
            stft.overlapAddFrame(re, im, sum, frame * transform.hopLength());
        }
    }

    private void mask(Segment segment, int stem, int channel, int frame) {
        float[] output = segment.output();
        float[] mixtureRe = segment.re[channel];
        float[] mixtureIm = segment.im[channel];
        int spectrum = frame * transform.bins();
        int networkBins = transform.networkBins();
        boolean shownAsBoth = group.channels() < networkChannels;
        int at = frame * networkBins * row + stem * networkChannels + channel;
        float maskSum = 0;
        for (int bin = 0; bin < networkBins; bin++) {
            float mask = shownAsBoth ? 0.5f * (output[at] + output[at + 1]) : output[at];
            re[bin] = mixtureRe[spectrum + bin] * mask;
            im[bin] = mixtureIm[spectrum + bin] * mask;
            maskSum += mask;
            at += row;
        }
        float above = average ? maskSum / networkBins : 0;
        for (int bin = networkBins; bin < re.length; bin++) {
            re[bin] = mixtureRe[spectrum + bin] * above;
            im[bin] = mixtureIm[spectrum + bin] * above;
        }
    }

    private void normalise(float[] sum, int finished) {
        int hop = transform.hopLength();
        for (int start = 0; start < finished; start += hop) {
            for (int n = 0; n < hop; n++) {
                sum[start + n] *= normalisation[n];
            }
        }
    }
}
