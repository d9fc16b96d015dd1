package io.stemline.separation.streaming;

import io.stemline.separation.filter.Spectra;
import io.stemline.separation.filter.WienerFilter;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.StemFilter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stems that the mixture's phase gives, refined by the multichannel Wiener filter. Powers and spatial covariances are
 * learned anew in each segment, of all its frames, so that memory does not grow with the track and sources may move.
 *
 * <p>All stems of the model compete, those that nobody wants to hear too. A stem that is the remainder starts as what the
 * others leave of the mixture.
 */
final class WienerSpectra implements StemSpectra {

    private final ExtendedMasks masks;
    private final int[] synthesised;
    private final int stems;
    private final int remainder;
    private final boolean residual;
    private final int bins;
    private final int iterations;
    private final WienerFilter filter;
    private final List<Spectra> sources;
    private final float[] mask;
    private final float[] left;
    private Spectra selected;
    private int channel;

    WienerSpectra(
            StemFilter filter,
            ModelCard card,
            ExtendedMasks masks,
            Transform transform,
            SegmentShape shape,
            ChannelGroup group,
            int[] synthesised) {
        this.masks = masks;
        this.synthesised = synthesised.clone();
        this.stems = card.stems().size();
        this.remainder = card.remainder().map(card.stems()::indexOf).orElse(-1);
        this.residual = filter.residual() && card.remainder().isEmpty();
        this.bins = transform.bins();
        this.iterations = filter.iterations();
        int count = residual ? stems + 1 : stems;
        this.filter = new WienerFilter(bins, count, WienerFilter.FLOAT_EPS);
        this.sources = Stream.generate(() -> Spectra.zeros(group.channels(), shape.frames(), bins))
                .limit(count)
                .toList();
        this.mask = new float[bins];
        this.left = new float[bins];
    }

    @Override
    public void accept(Segment segment) {
        var mixture = new Spectra(segment.re, segment.im);
        for (int of = 0; of < mixture.channels(); of++) {
            for (int frame = 0; frame < segment.validFrames(); frame++) {
                start(segment, of, frame);
            }
        }
        filter.refine(sources, mixture, segment.validFrames(), iterations);
    }

    private void start(Segment segment, int of, int frame) {
        Arrays.fill(left, 1);
        for (int stem = 0; stem < stems; stem++) {
            if (stem != remainder) {
                masks.read(segment, stem, of, frame, mask);
                apply(mask, segment, of, frame, sources.get(stem));
                for (int bin = 0; bin < bins; bin++) {
                    left[bin] -= mask[bin];
                }
            }
        }
        if (remainder >= 0) {
            apply(left, segment, of, frame, sources.get(remainder));
        } else if (residual) {
            for (int bin = 0; bin < bins; bin++) {
                left[bin] = Math.max(0, left[bin]);
            }
            apply(left, segment, of, frame, sources.getLast());
        }
    }

    private void apply(float[] gains, Segment segment, int of, int frame, Spectra source) {
        float[] re = segment.re[of];
        float[] im = segment.im[of];
        float[] sourceRe = source.re()[of];
        float[] sourceIm = source.im()[of];
        int from = frame * bins;
        for (int bin = 0; bin < bins; bin++) {
            sourceRe[from + bin] = gains[bin] * re[from + bin];
            sourceIm[from + bin] = gains[bin] * im[from + bin];
        }
    }

    @Override
    public void select(int index, int channel) {
        this.selected = sources.get(synthesised[index]);
        this.channel = channel;
    }

    @Override
    public void read(int frame, float[] re, float[] im, int offset) {
        System.arraycopy(selected.re()[channel], frame * bins, re, offset, bins);
        System.arraycopy(selected.im()[channel], frame * bins, im, offset, bins);
    }
}
