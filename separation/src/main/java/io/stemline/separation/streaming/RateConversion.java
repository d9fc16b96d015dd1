package io.stemline.separation.streaming;

import io.stemline.audio.Resampler;
import java.util.Optional;

/** Converts a stream to another rate, or leaves it as it is. */
final class RateConversion implements AutoCloseable {

    private final Optional<Resampler> resampler;
    private final int channels;

    RateConversion(int channels, int fromHz, int toHz) {
        this.channels = channels;
        this.resampler = fromHz == toHz ? Optional.empty() : Optional.of(new Resampler(channels, fromHz, toHz));
    }

    /** Whether the rates differ. */
    boolean changes() {
        return resampler.isPresent();
    }

    /**
     * Takes frames in and gives out those that are ready, {@code [channel][frame]}: new arrays if the rates differ, else copies of
     * the range.
     */
    float[][] process(float[][] block, int offset, int frames) {
        if (resampler.isPresent()) {
            return resampler.get().process(block, offset, frames);
        }
        float[][] copy = new float[channels][frames];
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(block[channel], offset, copy[channel], 0, frames);
        }
        return copy;
    }

    /** What was still held back when the input ended. */
    float[][] finish() {
        return resampler.map(Resampler::finish).orElseGet(() -> new float[channels][0]);
    }

    @Override
    public void close() {
        resampler.ifPresent(Resampler::close);
    }
}
