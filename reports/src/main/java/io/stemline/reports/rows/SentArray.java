package io.stemline.reports.rows;

import java.nio.ByteBuffer;

/**
 * Figures in the form in which PostgreSQL's {@code array_send} puts a {@code float8[]}: the number of dimensions, whether there are
 * nulls, the type of the elements; length and lower bound of each dimension; then every element behind its length, which is -1 for
 * null. Reading that takes a tenth of the time of reading figures as text.
 */
final class SentArray {
    private static final int DIMENSIONS = 0;
    private static final int LENGTH = 12;
    private static final int ELEMENTS = 20;

    private SentArray() {}

    /** The figures of an array of one dimension, or of none; NaN for null. */
    static double[] figures(byte[] sent) {
        ByteBuffer bytes = ByteBuffer.wrap(sent);
        if (bytes.getInt(DIMENSIONS) == 0) {
            return new double[0];
        }
        double[] figures = new double[bytes.getInt(LENGTH)];
        bytes.position(ELEMENTS);
        for (int w = 0; w < figures.length; w++) {
            figures[w] = bytes.getInt() < 0 ? Double.NaN : bytes.getDouble();
        }
        return figures;
    }
}
