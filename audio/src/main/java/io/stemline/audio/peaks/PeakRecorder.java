package io.stemline.audio.peaks;

import io.stemline.audio.AudioFormat;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Notes the extremes of a signal that comes block by block: of each {@value #FRAMES_PER_COLUMN} frames the lowest and the highest
 * sample over all channels, in 127ths of full scale. That is two bytes a column, 1.2 MB for two hours.
 *
 * <p>Used by one thread at a time.
 */
public final class PeakRecorder {
    static final int MAGIC = 0x53_50_4b_31; // "SPK1"
    static final int FULL_SCALE = 127;
    static final int FRAMES_PER_COLUMN = 512;
    static final int FOLD = 4;
    static final int OVERVIEW_COLUMNS = 4096;

    private static final int COLUMNS_AT_FIRST = 8192;

    private final AudioFormat format;
    private byte[] columns = new byte[2 * COLUMNS_AT_FIRST]; // lowest, highest, lowest, ...
    private int count;
    private float lowest = Float.POSITIVE_INFINITY;
    private float highest = Float.NEGATIVE_INFINITY;
    private int framesInColumn;
    private long lengthFrames;

    public PeakRecorder(AudioFormat format) {
        this.format = format;
    }

    /**
     * Adds the next frames. Samples that are no finite numbers count as silence.
     *
     * @param block the samples, {@code [channel][frame]}
     * @param offset the first frame of the block to add
     * @param frames how many frames to add
     */
    public void add(float[][] block, int offset, int frames) {
        int done = 0;
        while (done < frames) {
            int taken = Math.min(frames - done, FRAMES_PER_COLUMN - framesInColumn);
            for (int channel = 0; channel < format.channels(); channel++) {
                addToColumn(block[channel], offset + done, taken);
            }
            framesInColumn += taken;
            done += taken;
            if (framesInColumn == FRAMES_PER_COLUMN) {
                endColumn();
            }
        }
        lengthFrames += frames;
    }

    private void addToColumn(float[] samples, int from, int length) {
        float low = lowest;
        float high = highest;
        for (int n = from; n < from + length; n++) {
            float sample = Float.isFinite(samples[n]) ? samples[n] : 0;
            low = Math.min(low, sample);
            high = Math.max(high, sample);
        }
        lowest = low;
        highest = high;
    }

    private void endColumn() {
        if (2 * count == columns.length) {
            columns = Arrays.copyOf(columns, 2 * columns.length);
        }
        columns[2 * count] = scaled(lowest);
        columns[2 * count + 1] = scaled(highest);
        count++;
        lowest = Float.POSITIVE_INFINITY;
        highest = Float.NEGATIVE_INFINITY;
        framesInColumn = 0;
    }

    private static byte scaled(float sample) {
        return (byte) Math.clamp(Math.round(sample * FULL_SCALE), -FULL_SCALE, FULL_SCALE);
    }

    /**
     * Writes what was added, as {@link PeakFile} reads it: a header, then the resolutions, each {@value #FOLD} times finer than the
     * one before it. The first has {@value #OVERVIEW_COLUMNS} columns at most.
     */
    public void writeTo(OutputStream output) throws IOException {
        if (framesInColumn > 0) {
            endColumn();
        }
        var levels = new ArrayList<byte[]>();
        levels.add(Arrays.copyOf(columns, 2 * count));
        while (levels.getLast().length > 2 * OVERVIEW_COLUMNS) {
            levels.add(folded(levels.getLast()));
        }
        var file = new DataOutputStream(output);
        file.writeInt(MAGIC);
        file.writeInt(format.sampleRateHz());
        file.writeLong(lengthFrames);
        file.writeInt(FRAMES_PER_COLUMN);
        file.writeInt(levels.size());
        for (byte[] level : levels.reversed()) {
            file.write(level);
        }
        file.flush();
    }

    private static byte[] folded(byte[] fine) {
        int fineColumns = fine.length / 2;
        byte[] coarse = new byte[2 * ((fineColumns + FOLD - 1) / FOLD)];
        for (int column = 0; column < coarse.length / 2; column++) {
            byte low = FULL_SCALE;
            byte high = -FULL_SCALE;
            for (int n = column * FOLD; n < Math.min(fineColumns, (column + 1) * FOLD); n++) {
                low = (byte) Math.min(low, fine[2 * n]);
                high = (byte) Math.max(high, fine[2 * n + 1]);
            }
            coarse[2 * column] = low;
            coarse[2 * column + 1] = high;
        }
        return coarse;
    }
}
