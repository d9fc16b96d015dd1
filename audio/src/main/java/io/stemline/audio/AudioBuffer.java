package io.stemline.audio;

/**
 * A whole piece of audio in memory: planar samples in {@code [channel][frame]} order, full scale being -1 to 1.
 *
 * <p>The buffer does not copy the arrays: who hands them over gives up writing to them, or knows why not.
 */
public final class AudioBuffer {

    private final AudioFormat format;
    private final float[][] samples;
    private final int lengthFrames;

    /**
     * @param samples {@code [channel][frame]}, every channel of the same length, as many channels as the format says
     */
    public AudioBuffer(AudioFormat format, float[][] samples) {
        if (samples.length != format.channels()) {
            throw new IllegalArgumentException(
                    "The format has " + format.channels() + " channels, the samples have " + samples.length);
        }
        this.lengthFrames = samples[0].length;
        for (int channel = 1; channel < samples.length; channel++) {
            if (samples[channel].length != lengthFrames) {
                throw new IllegalArgumentException("Channel " + channel + " has " + samples[channel].length
                        + " frames, channel 0 has " + lengthFrames);
            }
        }
        this.format = format;
        this.samples = samples;
    }

    /** Silence. */
    public static AudioBuffer silence(AudioFormat format, int lengthFrames) {
        return new AudioBuffer(format, new float[format.channels()][lengthFrames]);
    }

    public AudioFormat format() {
        return format;
    }

    public int channels() {
        return samples.length;
    }

    public int lengthFrames() {
        return lengthFrames;
    }

    /** The samples of one channel, not a copy. */
    public float[] channel(int channel) {
        return samples[channel];
    }

    /** All samples, {@code [channel][frame]}, not a copy. */
    public float[][] samples() {
        return samples;
    }
}
