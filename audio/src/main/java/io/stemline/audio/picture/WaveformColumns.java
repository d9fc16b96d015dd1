package io.stemline.audio.picture;

/**
 * Extremes and energy of a signal in columns of equally many frames, {@code [channel][column]}. The columns are folded in
 * pairs when there are more than twice as many as wanted.
 */
final class WaveformColumns {

    private final int capacity;
    private final float[][] lowest;
    private final float[][] highest;
    private final double[][] energy;
    private long framesPerColumn = 1;
    private long lengthFrames;
    private int columns;
    private long framesInLast;

    WaveformColumns(int channels, int wantedColumns) {
        this.capacity = 2 * wantedColumns;
        this.lowest = new float[channels][capacity];
        this.highest = new float[channels][capacity];
        this.energy = new double[channels][capacity];
    }

    int channels() {
        return lowest.length;
    }

    int columns() {
        return columns;
    }

    long framesPerColumn() {
        return framesPerColumn;
    }

    long lengthFrames() {
        return lengthFrames;
    }

    float lowest(int channel, int column) {
        return lowest[channel][column];
    }

    float highest(int channel, int column) {
        return highest[channel][column];
    }

    /** Sum of the squared samples. */
    double energy(int channel, int column) {
        return energy[channel][column];
    }

    /** How many frames a column holds: fewer than others only in the last. */
    long frames(int column) {
        return column == columns - 1 ? framesInLast : framesPerColumn;
    }

    /** The greatest absolute value of a sample. */
    double peak() {
        double peak = 0;
        for (int channel = 0; channel < channels(); channel++) {
            for (int column = 0; column < columns; column++) {
                peak = Math.max(peak, Math.max(highest[channel][column], -lowest[channel][column]));
            }
        }
        return peak;
    }

    void add(float[][] block, int offset, int frames) {
        int done = 0;
        while (done < frames) {
            if (columns == 0 || framesInLast == framesPerColumn) {
                beginColumn();
            }
            int taken = (int) Math.min(frames - done, framesPerColumn - framesInLast);
            for (int channel = 0; channel < lowest.length; channel++) {
                addToLast(channel, block[channel], offset + done, taken);
            }
            framesInLast += taken;
            done += taken;
        }
        lengthFrames += frames;
    }

    private void beginColumn() {
        if (columns == capacity) {
            fold();
        }
        for (int channel = 0; channel < lowest.length; channel++) {
            lowest[channel][columns] = Float.POSITIVE_INFINITY;
            highest[channel][columns] = Float.NEGATIVE_INFINITY;
            energy[channel][columns] = 0;
        }
        columns++;
        framesInLast = 0;
    }

    private void addToLast(int channel, float[] samples, int from, int count) {
        int column = columns - 1;
        float low = lowest[channel][column];
        float high = highest[channel][column];
        double sum = energy[channel][column];
        for (int n = from; n < from + count; n++) {
            float sample = Float.isFinite(samples[n]) ? samples[n] : 0;
            low = Math.min(low, sample);
            high = Math.max(high, sample);
            sum += (double) sample * sample;
        }
        lowest[channel][column] = low;
        highest[channel][column] = high;
        energy[channel][column] = sum;
    }

    private void fold() {
        columns /= 2;
        for (int channel = 0; channel < lowest.length; channel++) {
            float[] low = lowest[channel];
            float[] high = highest[channel];
            double[] sum = energy[channel];
            for (int column = 0; column < columns; column++) {
                low[column] = Math.min(low[2 * column], low[2 * column + 1]);
                high[column] = Math.max(high[2 * column], high[2 * column + 1]);
                sum[column] = sum[2 * column] + sum[2 * column + 1];
            }
        }
        framesPerColumn *= 2;
    }
}
