package io.stemline.modelimport.spleeter;

import java.util.List;

/**
 * The weights of one of Spleeter's U-Nets.
 *
 * @param down six convolutions of stride 2, from the input downwards, kernels {@code [5][5][in][out]}
 * @param downNorms normalisation after the first five of them
 * @param up six transposed convolutions of stride 2, from the bottom upwards, kernels {@code [5][5][out][in]}
 * @param upNorms normalisation after each of them
 * @param head the last convolution, kernel {@code [4][4][1][2]}
 */
record UNetWeights(
        List<Convolution> down,
        List<Normalisation> downNorms,
        List<Convolution> up,
        List<Normalisation> upNorms,
        Convolution head) {

    /** Output channels of the convolutions downwards. */
    static final List<Integer> DOWN_CHANNELS = List.of(16, 32, 64, 128, 256, 512);

    /** Output channels of the transposed convolutions. */
    static final List<Integer> UP_CHANNELS = List.of(256, 128, 64, 32, 16, 1);

    /** A kernel, flat, and a bias for every output channel. */
    record Convolution(float[] kernel, float[] bias) {}

    /**
     * Batch normalisation as it is after training: y = scale x + shift for every channel.
     *
     * @param scale gamma / sqrt(variance + epsilon)
     * @param shift beta - mean scale
     */
    record Normalisation(float[] scale, float[] shift) {

        private static final double EPSILON = 1e-3;

        static Normalisation of(float[] gamma, float[] beta, float[] movingMean, float[] movingVariance) {
            float[] scale = new float[gamma.length];
            float[] shift = new float[gamma.length];
            for (int channel = 0; channel < gamma.length; channel++) {
                double factor = gamma[channel] / Math.sqrt(movingVariance[channel] + EPSILON);
                scale[channel] = (float) factor;
                shift[channel] = (float) (beta[channel] - movingMean[channel] * factor);
            }
            return new Normalisation(scale, shift);
        }
    }

    /** Input channels of a transposed convolution: the bottom, or a skip connection and the step below. */
    static int upInputChannels(int step) {
        return step == 0 ? DOWN_CHANNELS.getLast() : 2 * UP_CHANNELS.get(step - 1);
    }

    /** Input channels of a convolution downwards. */
    static int downInputChannels(int step) {
        return step == 0 ? 2 : DOWN_CHANNELS.get(step - 1);
    }
}
