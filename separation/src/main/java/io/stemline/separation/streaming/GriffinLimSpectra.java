package io.stemline.separation.streaming;

import io.stemline.separation.filter.GriffinLim;

/**
 * The mask times the mixture's magnitude, with phases that fit each other, found by the fast Griffin-Lim algorithm from the
 * mixture's phase on. Each segment is a block: its frames come after the last ones of the segment before, which are final
 * and heard already, and the rows it shares with the next segment are its outlook, to be found again there.
 */
final class GriffinLimSpectra implements StemSpectra {

    private final ExtendedMasks masks;
    private final int[] synthesised;
    private final int bins;
    private final int iterations;
    private final GriffinLim griffinLim;
    private final int mostFinalFrames;

    /** The last frames of the segment before, {@code [synthesised stem][channel][frame * bins + bin]}. */
    private final float[][][] finalRe;

    private final float[][][] finalIm;
    private final float[] magnitudes;
    private final float[] blockRe;
    private final float[] blockIm;
    private final float[] mask;
    private Segment segment;
    private int finalFrames;
    private int finalFramesOfNext;

    GriffinLimSpectra(
            ExtendedMasks masks,
            Transform transform,
            SegmentShape shape,
            ChannelGroup group,
            int[] synthesised,
            int iterations) {
        this.masks = masks;
        this.synthesised = synthesised.clone();
        this.bins = transform.bins();
        this.iterations = iterations;
        this.mostFinalFrames = Math.ceilDiv(transform.windowLength(), transform.hopLength()) - 1;
        int mostFrames = mostFinalFrames + shape.frames();
        this.griffinLim = new GriffinLim(transform.newStft().settings(), mostFrames, GriffinLim.FAST);
        this.finalRe = new float[synthesised.length][group.channels()][mostFinalFrames * bins];
        this.finalIm = new float[synthesised.length][group.channels()][mostFinalFrames * bins];
        this.magnitudes = new float[mostFrames * bins];
        this.blockRe = new float[mostFrames * bins];
        this.blockIm = new float[mostFrames * bins];
        this.mask = new float[bins];
    }

    @Override
    public void accept(Segment next) {
        segment = next;
        finalFrames = finalFramesOfNext;
        finalFramesOfNext = Math.min(mostFinalFrames, finalFrames + next.ownFrames());
    }

    @Override
    public void select(int index, int channel) {
        float[] lastRe = finalRe[index][channel];
        float[] lastIm = finalIm[index][channel];
        System.arraycopy(lastRe, 0, blockRe, 0, finalFrames * bins);
        System.arraycopy(lastIm, 0, blockIm, 0, finalFrames * bins);
        for (int frame = 0; frame < segment.validFrames(); frame++) {
            start(synthesised[index], channel, frame);
        }
        int frames = finalFrames + segment.validFrames();
        griffinLim.improve(magnitudes, blockRe, blockIm, frames, finalFrames, iterations);
        int next = (finalFrames + segment.ownFrames() - finalFramesOfNext) * bins;
        System.arraycopy(blockRe, next, lastRe, 0, finalFramesOfNext * bins);
        System.arraycopy(blockIm, next, lastIm, 0, finalFramesOfNext * bins);
    }

    private void start(int stem, int channel, int frame) {
        masks.read(segment, stem, channel, frame, mask);
        float[] re = segment.re[channel];
        float[] im = segment.im[channel];
        int from = frame * bins;
        int to = (finalFrames + frame) * bins;
        for (int bin = 0; bin < bins; bin++) {
            float a = re[from + bin];
            float b = im[from + bin];
            magnitudes[to + bin] = mask[bin] * (float) Math.sqrt(a * a + b * b);
            blockRe[to + bin] = a;
            blockIm[to + bin] = b;
        }
    }

    @Override
    public void read(int frame, float[] re, float[] im, int offset) {
        System.arraycopy(blockRe, (finalFrames + frame) * bins, re, offset, bins);
        System.arraycopy(blockIm, (finalFrames + frame) * bins, im, offset, bins);
    }
}
