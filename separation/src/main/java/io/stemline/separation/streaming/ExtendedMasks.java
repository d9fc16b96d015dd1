package io.stemline.separation.streaming;

import io.stemline.separation.model.MaskExtension;
import io.stemline.separation.model.ModelCard;
import java.util.Arrays;

/**
 * Reads the mask of a stem in a frame and a channel over all bins of the transform: what the network says of those it sees,
 * and the card's {@link MaskExtension} above. For a channel that was shown to the network as both, it is the mean of two.
 */
final class ExtendedMasks {

    private static final double THIRD_OF_AN_OCTAVE = Math.pow(2, -1 / 3.0);

    private final MaskExtension extension;
    private final int networkChannels;
    private final int row;
    private final int networkBins;
    private final int bins;
    private final boolean shownAsBoth;

    ExtendedMasks(ModelCard card, Transform transform, ChannelGroup group) {
        this.extension = card.maskExtension();
        this.networkChannels = card.channels();
        this.row = card.stems().size() * networkChannels;
        this.networkBins = transform.networkBins();
        this.bins = transform.bins();
        this.shownAsBoth = group.channels() < networkChannels;
    }

    /**
     * Reads a mask.
     *
     * @param stem index among the card's stems
     * @param mask receives it, {@code [bin]}
     */
    void read(Segment segment, int stem, int channel, int frame, float[] mask) {
        float[] masks = segment.output();
        int at = (frame * row + stem * networkChannels + channel) * networkBins;
        System.arraycopy(masks, at, mask, 0, networkBins);
        if (shownAsBoth) {
            for (int bin = 0; bin < networkBins; bin++) {
                mask[bin] = 0.5f * (mask[bin] + masks[at + networkBins + bin]);
            }
        }
        if (networkBins < bins) {
            Arrays.fill(mask, networkBins, bins, above(segment, channel, frame, mask));
        }
    }

    private float above(Segment segment, int channel, int frame, float[] mask) {
        return switch (extension) {
            case ZEROS -> 0;
            case AVERAGE -> mean(mask, 0);
            case TOP_BAND -> shareOfEnergy(segment.re[channel], segment.im[channel], frame * bins, mask);
        };
    }

    private float shareOfEnergy(float[] re, float[] im, int from, float[] mask) {
        int lowest = Math.min(networkBins - 1, (int) (networkBins * THIRD_OF_AN_OCTAVE));
        float all = 0;
        float ofStem = 0;
        for (int bin = lowest; bin < networkBins; bin++) {
            float energy = re[from + bin] * re[from + bin] + im[from + bin] * im[from + bin];
            all += energy;
            ofStem += mask[bin] * energy;
        }
        return all > Float.MIN_NORMAL ? ofStem / all : mean(mask, lowest);
    }

    private float mean(float[] mask, int from) {
        float sum = 0;
        for (int bin = from; bin < networkBins; bin++) {
            sum += mask[bin];
        }
        return sum / (networkBins - from);
    }
}
