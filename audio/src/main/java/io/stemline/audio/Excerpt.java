package io.stemline.audio;

import java.util.List;

/** A part of a signal: some frames are left out before it, and the rest after it. */
public final class Excerpt implements AudioSource {

    private static final int SKIPPED_AT_ONCE = 8192;

    private final AudioSource source;
    private long toSkip;
    private long left;

    /**
     * @param source the whole signal, closed with the excerpt
     * @param startFrame the first frame of the excerpt; beyond the end, the excerpt is empty
     * @param lengthFrames its length at most
     */
    public Excerpt(AudioSource source, long startFrame, long lengthFrames) {
        if (startFrame < 0 || lengthFrames < 0) {
            throw new IllegalArgumentException("An excerpt of " + lengthFrames + " frames from frame " + startFrame);
        }
        this.source = source;
        this.toSkip = startFrame;
        this.left = lengthFrames;
    }

    @Override
    public AudioFormat format() {
        return source.format();
    }

    @Override
    public int read(float[][] block, int offset, int frames) {
        skip();
        if (left == 0) {
            return -1;
        }
        int read = source.read(block, offset, (int) Math.min(frames, left));
        left -= Math.max(0, read);
        return read;
    }

    private void skip() {
        if (toSkip == 0) {
            return;
        }
        float[][] skipped = new float[format().channels()][SKIPPED_AT_ONCE];
        while (toSkip > 0) {
            int read = source.read(skipped, 0, (int) Math.min(toSkip, SKIPPED_AT_ONCE));
            toSkip = read < 0 ? 0 : toSkip - read;
        }
    }

    @Override
    public List<String> warnings() {
        return source.warnings();
    }

    @Override
    public long nonFiniteSamples() {
        return source.nonFiniteSamples();
    }

    @Override
    public void close() {
        source.close();
    }
}
