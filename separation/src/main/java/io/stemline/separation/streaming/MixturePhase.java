package io.stemline.separation.streaming;

/** The mask times the mixture's spectrum. */
final class MixturePhase implements StemSpectra {

    private final ExtendedMasks masks;
    private final int[] synthesised;
    private final float[] mask;
    private Segment segment;
    private int stem;
    private int channel;

    MixturePhase(ExtendedMasks masks, Transform transform, int[] synthesised) {
        this.masks = masks;
        this.synthesised = synthesised.clone();
        this.mask = new float[transform.bins()];
    }

    @Override
    public void accept(Segment next) {
        segment = next;
    }

    @Override
    public void select(int index, int channel) {
        this.stem = synthesised[index];
        this.channel = channel;
    }

    @Override
    public void read(int frame, float[] re, float[] im, int offset) {
        masks.read(segment, stem, channel, frame, mask);
        float[] mixtureRe = segment.re[channel];
        float[] mixtureIm = segment.im[channel];
        int from = frame * mask.length;
        for (int bin = 0; bin < mask.length; bin++) {
            re[offset + bin] = mixtureRe[from + bin] * mask[bin];
            im[offset + bin] = mixtureIm[from + bin] * mask[bin];
        }
    }
}
