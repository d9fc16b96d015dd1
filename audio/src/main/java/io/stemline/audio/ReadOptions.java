package io.stemline.audio;

import java.util.OptionalInt;

/**
 * How a file shall be read. Start from {@link #asIs()} and say what should be different.
 */
public final class ReadOptions {

    private static final int UNCHANGED = 0;
    private static final ReadOptions AS_IS = new ReadOptions(UNCHANGED, UNCHANGED, 0, 0, DecodingLimits.standard());

    private final int sampleRateHz;
    private final int channels;
    private final int stream;
    private final long startFrame;
    private final DecodingLimits limits;

    private ReadOptions(int sampleRateHz, int channels, int stream, long startFrame, DecodingLimits limits) {
        this.sampleRateHz = sampleRateHz;
        this.channels = channels;
        this.stream = stream;
        this.startFrame = startFrame;
        this.limits = limits;
    }

    /** The first audio stream with the sample rate and the channels it has. */
    public static ReadOptions asIs() {
        return AS_IS;
    }

    /** Converted to this sample rate if it is another one. */
    public ReadOptions atSampleRate(int wantedHz) {
        new AudioFormat(wantedHz, 1);
        return new ReadOptions(wantedHz, channels, stream, startFrame, limits);
    }

    /**
     * Mixed to this number of channels if it is another one: mono is copied to both sides of stereo, stereo is averaged
     * to mono, all else follows FFmpeg's rules for the channel layouts.
     */
    public ReadOptions withChannels(int wantedChannels) {
        new AudioFormat(1, wantedChannels);
        return new ReadOptions(sampleRateHz, wantedChannels, stream, startFrame, limits);
    }

    /** Another audio stream than the first: 0 is the first, other kinds of streams do not count. */
    public ReadOptions ofStream(int audioStream) {
        if (audioStream < 0) {
            throw new IllegalArgumentException("Audio streams are counted from 0, there is no stream " + audioStream);
        }
        return new ReadOptions(sampleRateHz, channels, audioStream, startFrame, limits);
    }

    /**
     * From this frame on, as if the frames before it had been read: without decoding them where the file allows to find the place.
     * Frames are counted at the rate that is read. What a lossy file gives just behind the place may differ by what its decoder
     * would have remembered from before.
     */
    public ReadOptions from(long frame) {
        if (frame < 0) {
            throw new IllegalArgumentException("Frames are counted from 0, there is no frame " + frame);
        }
        return new ReadOptions(sampleRateHz, channels, stream, frame, limits);
    }

    /** A file beyond these limits is refused; without them the limits are {@link DecodingLimits#standard}. */
    public ReadOptions within(DecodingLimits wantedLimits) {
        return new ReadOptions(sampleRateHz, channels, stream, startFrame, wantedLimits);
    }

    public DecodingLimits limits() {
        return limits;
    }

    public long startFrame() {
        return startFrame;
    }

    public OptionalInt sampleRateHz() {
        return sampleRateHz == UNCHANGED ? OptionalInt.empty() : OptionalInt.of(sampleRateHz);
    }

    public OptionalInt channels() {
        return channels == UNCHANGED ? OptionalInt.empty() : OptionalInt.of(channels);
    }

    public int stream() {
        return stream;
    }
}
