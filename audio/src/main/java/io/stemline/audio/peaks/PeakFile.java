package io.stemline.audio.peaks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a {@link PeakRecorder} wrote. Reads only what a part at some resolution needs; the rest is skipped. */
public final class PeakFile {
    private final DataInputStream input;
    private final int sampleRateHz;
    private final long lengthFrames;
    private final int finestFrames;
    private final int levels;

    private PeakFile(InputStream stream) throws IOException {
        this.input = new DataInputStream(stream);
        if (input.readInt() != PeakRecorder.MAGIC) {
            throw new IOException("these are no peaks of a waveform");
        }
        this.sampleRateHz = input.readInt();
        this.lengthFrames = input.readLong();
        this.finestFrames = input.readInt();
        this.levels = input.readInt();
    }

    /** Reads the header; the stream stays open, and is good for one {@link #part}. */
    public static PeakFile open(InputStream stream) throws IOException {
        return new PeakFile(stream);
    }

    public int sampleRateHz() {
        return sampleRateHz;
    }

    public long lengthFrames() {
        return lengthFrames;
    }

    /**
     * Extremes of a part in equally wide columns.
     *
     * @param fromFrame first frame of the part
     * @param toFrame end of the part, behind its last frame
     * @param columns how many columns to make of it
     * @return lowest and highest sample of each column in turn, in 127ths of full scale, {@code [2 * column]} and {@code [2 * column
     *     + 1]}; columns beyond the end are silent
     */
    public byte[] part(long fromFrame, long toFrame, int columns) throws IOException {
        if (fromFrame < 0 || toFrame <= fromFrame || columns < 1) {
            throw new IllegalArgumentException(
                    "no part of a waveform: %d columns from frame %d to %d".formatted(columns, fromFrame, toFrame));
        }
        double framesPerColumn = (double) (toFrame - fromFrame) / columns;
        long levelFrames = finestFrames * power(levels - 1);
        long skipped = 0;
        while (levelFrames > finestFrames && levelFrames > framesPerColumn) {
            skipped += 2 * columnsAt(levelFrames);
            levelFrames /= PeakRecorder.FOLD;
        }
        long first = Math.min(columnsAt(levelFrames), fromFrame / levelFrames);
        long end = Math.min(columnsAt(levelFrames), (toFrame + levelFrames - 1) / levelFrames);
        input.skipNBytes(skipped + 2 * first);
        byte[] fine = input.readNBytes(Math.toIntExact(2 * (end - first)));
        byte[] part = new byte[2 * columns];
        for (int column = 0; column < columns; column++) {
            long from = (long) ((fromFrame + column * framesPerColumn) / levelFrames) - first;
            long to = (long) Math.ceil((fromFrame + (column + 1) * framesPerColumn) / levelFrames) - first;
            fold(fine, from, Math.max(from + 1, to), part, column);
        }
        return part;
    }

    private static void fold(byte[] fine, long from, long to, byte[] part, int column) {
        long end = Math.min(to, fine.length / 2);
        if (from >= end) {
            return;
        }
        byte low = PeakRecorder.FULL_SCALE;
        byte high = -PeakRecorder.FULL_SCALE;
        for (int n = Math.toIntExact(from); n < end; n++) {
            low = (byte) Math.min(low, fine[2 * n]);
            high = (byte) Math.max(high, fine[2 * n + 1]);
        }
        part[2 * column] = low;
        part[2 * column + 1] = high;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int n = 0; n < exponent; n++) {
            power *= PeakRecorder.FOLD;
        }
        return power;
    }

    /** Folding rounds up each time, which comes to the same as rounding up once. */
    private long columnsAt(long levelFrames) {
        return (lengthFrames + levelFrames - 1) / levelFrames;
    }
}
