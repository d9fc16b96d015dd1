package io.stemline.separation.streaming;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.StftLayout;

/**
 * The sizes of a model's segments. A row is what belongs to one frame of the transform, or to one sample of a waveform
 * model.
 *
 * @param frames rows of a segment
 * @param overlap rows it shares with the one before
 * @param inputRow values of a row of the input, {@code [bin][channel]} or {@code [channel]}
 * @param outputRow values of a row of the output, {@code [bin][stem][channel]} or {@code [stem][channel]}
 * @param spectrumRow complex values of a row of the mixture's spectrum in one channel; 0 for a waveform model
 */
record SegmentShape(int frames, int overlap, int inputRow, int outputRow, int spectrumRow) {

    static SegmentShape of(ModelCard card, Refinement refinement) {
        int frames = card.segment().frames();
        int bins = card.stft().map(StftLayout::bins).orElse(1);
        return new SegmentShape(
                frames,
                refinement.overlap().isPresent()
                        ? (int) Math.round(refinement.overlap().getAsDouble() * frames)
                        : card.segment().overlapFrames(),
                bins * card.channels(),
                bins * card.channels() * card.stems().size(),
                card.stft().map(StftLayout::transformBins).orElse(0));
    }

    int stride() {
        return frames - overlap;
    }

    /** Memory of a segment of a group of channels. */
    long bytes(int channels) {
        return Float.BYTES * (long) frames * (inputRow + outputRow + 2L * spectrumRow * channels);
    }
}
