package io.stemline.separation.blind;

/**
 * The median of several rows, element by element. All elements go through the same sorting network (Batcher's odd-even
 * merge sort), one comparator after the other, each a loop over whole rows that the compiler vectorises. Magnitudes are
 * compared by their bits, which have the order of the numbers as long as none is negative.
 */
final class RowMedian {

    private final int[][] rows;
    private final int length;

    /**
     * @param most how many rows there are at most
     * @param length elements of a row
     */
    RowMedian(int most, int length) {
        this.rows = new int[most][length];
        this.length = length;
    }

    /**
     * Puts a row in its place.
     *
     * @param from not negative; from {@code offset} on
     */
    void set(int row, float[] from, int offset) {
        int[] to = rows[row];
        for (int n = 0; n < length; n++) {
            to[n] = Float.floatToRawIntBits(from[offset + n]);
        }
    }

    /**
     * Sorts, and writes the medians of the first rows; of an even number, the mean of the middle two. What was set is lost.
     *
     * @param count how many rows count, at least 1
     */
    void median(int count, float[] to, int offset) {
        sort(count);
        int[] lower = rows[(count - 1) / 2];
        int[] upper = rows[count / 2];
        for (int n = 0; n < length; n++) {
            to[offset + n] = 0.5f * (Float.intBitsToFloat(lower[n]) + Float.intBitsToFloat(upper[n]));
        }
    }

    /**
     * Writes the medians of the first rows and one more, after {@link #sort}. The rows stay as they are, so that several medians
     * can be had that have all rows but one in common, as those of neighbours have.
     *
     * @param count how many rows were sorted, an even number
     * @param more the row beside them, from {@code offset} on
     */
    void medianWith(int count, float[] more, int offset, float[] to) {
        int[] lower = rows[count / 2 - 1];
        int[] upper = rows[count / 2];
        for (int n = 0; n < length; n++) {
            int bits = Float.floatToRawIntBits(more[offset + n]);
            to[n] = Float.intBitsToFloat(Math.max(lower[n], Math.min(bits, upper[n])));
        }
    }

    /** Sorts the first rows, element by element. */
    void sort(int count) {
        for (int p = 1; p < count; p <<= 1) {
            for (int k = p; k >= 1; k >>= 1) {
                for (int j = k % p; j + k < count; j += 2 * k) {
                    for (int i = j; i < Math.min(j + k, count - k); i++) {
                        if (i / (2 * p) == (i + k) / (2 * p)) {
                            compareAndExchange(rows[i], rows[i + k], length);
                        }
                    }
                }
            }
        }
    }

    private static void compareAndExchange(int[] low, int[] high, int length) {
        for (int n = 0; n < length; n++) {
            int a = low[n];
            int b = high[n];
            low[n] = Math.min(a, b);
            high[n] = Math.max(a, b);
        }
    }
}
