package io.stemline.separation.streaming;

import io.stemline.audio.spectrum.Stft;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.StemFilter;
import java.util.Arrays;

/**
 * Makes spectra of stems of what the network says, as a filter has it, and transforms them back by weighted overlap-add, once
 * per frame, channel and synthesised stem; allocates nothing.
 */
final class SpectrogramSynthesis implements SegmentSynthesis {

    private final Transform transform;
    private final ChannelGroup group;
    private final Masks masks;
    private final CrossFade crossFade;
    private final StemSpectra spectra;
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
            ModelCard card,
            Transform transform,
            SegmentShape shape,
            Pass pass,
            Fade fade,
            StemFilter filter,
            int[] synthesised) {
        this.transform = transform;
        this.group = pass.channels();
        this.masks = new Masks(card);
        this.crossFade = new CrossFade(shape, fade);
        this.spectra = StemSpectra.of(filter, card, transform, shape, pass.channels(), synthesised);
        this.stft = transform.newStft();
        this.normalisation = transform.inverseSummedSquaredWindow();
        this.re = new float[Stft.FRAMES_AT_ONCE * transform.bins()];
        this.im = new float[Stft.FRAMES_AT_ONCE * transform.bins()];
        this.sums = new float[synthesised.length][pass.channels().channels()]
                [shape.frames() * transform.hopLength() + transform.windowLength()];
        this.leadLeft = transform.leadSamples() + pass.delay();
    }

    @Override
    public void accept(Segment segment, SampleQueue[] stems) {
        masks.prepare(segment.output(), segment.validFrames());
        crossFade.join(segment);
        spectra.accept(segment);
        int finished = segment.ownFrames() * transform.hopLength();
        int skipped = (int) Math.min(leadLeft, finished);
        int count = finished - skipped;
        if (segment.isLast()) {
            count = (int) Math.min(count, segment.trackLength() - emitted);
        }
        for (int index = 0; index < sums.length; index++) {
            for (int channel = 0; channel < group.channels(); channel++) {
                float[] sum = sums[index][channel];
                spectra.select(index, channel);
                addFrames(segment.ownFrames(), sum);
                normalise(sum, finished);
                stems[index].append(group.first() + channel, sum, skipped, count);
                System.arraycopy(sum, finished, sum, 0, transform.windowLength());
                Arrays.fill(sum, transform.windowLength(), sum.length, 0);
            }
        }
        leadLeft -= skipped;
        emitted += count;
    }

    private void addFrames(int frames, float[] sum) {
        for (int first = 0; first < frames; first += Stft.FRAMES_AT_ONCE) {
            int count = Math.min(Stft.FRAMES_AT_ONCE, frames - first);
            for (int frame = 0; frame < count; frame++) {
                spectra.read(first + frame, re, im, frame * transform.bins());
            }
            stft.overlapAddFrames(re, im, count, sum, first * transform.hopLength());
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
