package io.stemline.separation.streaming;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.StemFilter;

/** Makes the spectra of stems of their masks and the mixture's spectrum, segment by segment. */
sealed interface StemSpectra permits MixturePhase, WienerSpectra, GriffinLimSpectra {

    /** Takes the next segment, whose masks are joined with those of the segment before. */
    void accept(Segment segment);

    /**
     * Turns to one stem in one channel.
     *
     * @param index index among the synthesised stems
     */
    void select(int index, int channel);

    /**
     * Reads the spectrum of one of the segment's own frames.
     *
     * @param re receives the real parts, {@code [bin]} from {@code offset} on
     * @param im receives the imaginary parts
     */
    void read(int frame, float[] re, float[] im, int offset);

    /** What makes them as a filter says. */
    static StemSpectra of(
            StemFilter filter,
            ModelCard card,
            Transform transform,
            SegmentShape shape,
            ChannelGroup group,
            int[] synthesised) {
        var masks = new ExtendedMasks(card, transform, group);
        return switch (filter.kind()) {
            case MIXTURE_PHASE -> new MixturePhase(masks, transform, synthesised);
            case WIENER -> new WienerSpectra(filter, card, masks, transform, shape, group, synthesised);
            case GRIFFIN_LIM -> new GriffinLimSpectra(masks, transform, shape, group, synthesised, filter.iterations());
        };
    }
}
