package io.stemline.audio;

import io.stemline.audio.ffmpeg.FormatConverter;

/**
 * Changes the sample rate of a stream, block by block.
 *
 * <p>The output has no delay: its frame {@code n} stands for the time {@code n / toHz} from the beginning of the input.
 * After {@code n} frames in and {@link #finish()}, exactly {@code round(n * toHz / fromHz)} frames have come out. A
 * resampler is good for one stream and used by one thread at a time.
 */
public final class Resampler implements AutoCloseable {

    private final FormatConverter converter;

    public Resampler(int channels, int fromHz, int toHz) {
        this.converter = new FormatConverter(channels, fromHz, toHz);
    }

    /** A whole signal at another rate, {@code [channel][frame]}. */
    public static AudioBuffer resample(AudioBuffer signal, int toHz) {
        AudioFormat format = new AudioFormat(toHz, signal.channels());
        try (Resampler resampler =
                new Resampler(signal.channels(), signal.format().sampleRateHz(), toHz)) {
            float[][] body = resampler.process(signal.samples(), 0, signal.lengthFrames());
            float[][] tail = resampler.finish();
            float[][] samples = new float[body.length][body[0].length + tail[0].length];
            for (int channel = 0; channel < body.length; channel++) {
                System.arraycopy(body[channel], 0, samples[channel], 0, body[channel].length);
                System.arraycopy(tail[channel], 0, samples[channel], body[channel].length, tail[channel].length);
            }
            return new AudioBuffer(format, samples);
        }
    }

    /**
     * Takes frames in and gives out those that are ready, which may be none.
     *
     * @param in the samples, {@code [channel][frame]}
     * @param offset the first frame of the block to take
     * @param frames how many frames to take
     * @return {@code [channel][frame]}
     */
    public float[][] process(float[][] in, int offset, int frames) {
        return converter.process(in, offset, frames);
    }

    /** The frames that were still held back when the input ended, {@code [channel][frame]}. */
    public float[][] finish() {
        return converter.finish();
    }

    @Override
    public void close() {
        converter.close();
    }
}
