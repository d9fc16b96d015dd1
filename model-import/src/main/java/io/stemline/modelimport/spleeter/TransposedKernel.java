package io.stemline.modelimport.spleeter;

/**
 * A transposed 5x5 convolution of stride 2 with "same" padding as ordinary convolutions of its input. With kernel w and
 * input x, in one dimension:
 *
 * <pre>
 * y[2m]     = w[3] x[m-1] + w[1] x[m]
 * y[2m + 1] = w[4] x[m-1] + w[2] x[m] + w[0] x[m+1]
 * </pre>
 *
 * <p>That is 25 products for four outputs, as many as the transposed convolution has.
 */
final class TransposedKernel {

    private static final int SIZE = 5;

    /** Places of the 5x5 kernel, from the earliest input on, by whether the output's place is even or odd. */
    private static final int[][] PLACES = {{3, 1}, {4, 2, 0}};

    private TransposedKernel() {}

    /** Inputs that an output at an even (0) or odd (1) place sees. */
    static int taps(int parity) {
        return PLACES[parity].length;
    }

    /**
     * The kernel of the outputs at even or odd rows and columns.
     *
     * @param transposed {@code [5][5][out][in]}
     * @return {@code [taps(row)][taps(column)][in][out]}
     */
    static float[] phase(float[] transposed, int row, int column, int in, int out) {
        float[] kernel = new float[taps(row) * taps(column) * in * out];
        int at = 0;
        for (int y : PLACES[row]) {
            for (int x : PLACES[column]) {
                int from = (y * SIZE + x) * out * in;
                for (int input = 0; input < in; input++) {
                    for (int output = 0; output < out; output++) {
                        kernel[at++] = transposed[from + output * in + input];
                    }
                }
            }
        }
        return kernel;
    }

    /**
     * All four phases in one 3x3 kernel, in which a phase that sees fewer places has zeros.
     *
     * @param transposed {@code [5][5][out][in]}
     * @return {@code [3][3][in][phase * out]}
     */
    static float[] square(float[] transposed, int in, int out) {
        int row = SpleeterLayers.PHASES * out;
        float[] kernel = new float[3 * 3 * in * row];
        for (int phase = 0; phase < SpleeterLayers.PHASES; phase++) {
            float[] part = phase(transposed, phase / 2, phase % 2, in, out);
            int columns = taps(phase % 2);
            for (int place = 0; place < part.length / (in * out); place++) {
                int to = (place / columns * 3 + place % columns) * in * row + phase * out;
                for (int input = 0; input < in; input++) {
                    System.arraycopy(part, (place * in + input) * out, kernel, to + input * row, out);
                }
            }
        }
        return kernel;
    }

    /**
     * Writes all four phases of a transposed convolution to one channel into a 3x3 kernel of several inputs and outputs.
     *
     * @param transposed {@code [5][5][1][in]}
     * @param kernel receives {@code [3][3][inputs][phase * unets + unet]}
     * @param inputs input channels of that kernel
     * @param firstInput where among them the inputs of this convolution begin
     * @param unets how many convolutions to one channel share the kernel
     * @param unet which of them this one is
     */
    static void embed(float[] transposed, float[] kernel, int inputs, int firstInput, int unets, int unet) {
        int in = transposed.length / (SIZE * SIZE);
        for (int phase = 0; phase < SpleeterLayers.PHASES; phase++) {
            int[] rows = PLACES[phase / 2];
            int[] columns = PLACES[phase % 2];
            for (int y = 0; y < rows.length; y++) {
                for (int x = 0; x < columns.length; x++) {
                    for (int input = 0; input < in; input++) {
                        int to = ((y * 3 + x) * inputs + firstInput + input) * SpleeterLayers.PHASES * unets;
                        kernel[to + phase * unets + unet] = transposed[(rows[y] * SIZE + columns[x]) * in + input];
                    }
                }
            }
        }
    }
}
