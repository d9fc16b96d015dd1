package io.stemline.separation.streaming;

import io.stemline.separation.model.ModelCard;

/** Joins a waveform network's signals; a channel that was shown as both is the mean of the two. */
final class WaveformSynthesis implements SegmentSynthesis {

    private final ChannelGroup group;
    private final int networkChannels;
    private final int row;
    private final int[] synthesised;
    private final CrossFade crossFade;
    private final float[] samples;
    private int leadLeft;

    WaveformSynthesis(ModelCard card, SegmentShape shape, Pass pass, Fade fade, int[] synthesised) {
        this.group = pass.channels();
        this.networkChannels = card.channels();
        this.row = shape.outputRow();
        this.synthesised = synthesised.clone();
        this.crossFade = new CrossFade(shape, fade);
        this.samples = new float[shape.frames()];
        this.leadLeft = pass.delay();
    }

    @Override
    public void accept(Segment segment, SampleQueue[] stems) {
        crossFade.join(segment);
        float[] output = segment.output();
        boolean shownAsBoth = group.channels() < networkChannels;
        int skipped = Math.min(leadLeft, segment.ownFrames());
        int count = segment.ownFrames() - skipped;
        for (int index = 0; index < synthesised.length; index++) {
            for (int channel = 0; channel < group.channels(); channel++) {
                int at = skipped * row + synthesised[index] * networkChannels + channel;
                for (int n = 0; n < count; n++) {
                    samples[n] = shownAsBoth ? 0.5f * (output[at] + output[at + 1]) : output[at];
                    at += row;
                }
                stems[index].append(group.first() + channel, samples, 0, count);
            }
        }
        leadLeft -= skipped;
    }
}
