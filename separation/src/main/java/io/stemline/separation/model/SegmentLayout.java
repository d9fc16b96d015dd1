package io.stemline.separation.model;

/**
 * The piece of a track that a network sees at once.
 *
 * @param frames its length in frames of the short-time Fourier transform, or in samples for a waveform model
 * @param overlapFrames how many of them it shares with the segment before it, at most half
 */
public record SegmentLayout(int frames, int overlapFrames) {

    public SegmentLayout {
        Check.within("segment.frames", frames, 1, 1 << 26);
        Check.within("segment.overlapFrames", overlapFrames, 0, frames / 2);
    }

    /** Frames from the start of one segment to the start of the next. */
    public int stride() {
        return frames - overlapFrames;
    }
}
