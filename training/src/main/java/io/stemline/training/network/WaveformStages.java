package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import io.stemline.training.graph.WaveformLayers;
import java.util.List;

/**
 * The way down to the bottleneck of a waveform network and back up. A stage down is a strided convolution and a gated one of
 * width 1; a stage up is a gated convolution of width {@value #CONTEXT} and a transposed one.
 *
 * @param channels of each stage on the way down
 * @param kernel width of strided and transposed convolutions
 * @param stride by which every stage divides the length
 * @param activation behind them
 */
public record WaveformStages(
        @Setting(doc = "channels of the stages, from the outermost", min = 1, leastElements = 1)
        List<Integer> channels,

        @Setting(doc = "width of strided and transposed convolutions", unit = "samples", min = 2)
        int kernel,

        @Setting(doc = "by what every stage divides the length", min = 2)
        int stride,

        @Setting(doc = "what stands behind a convolution") WaveformLayers.Activation activation) {
    /** Width of the convolutions that do not change the length. */
    static final int CONTEXT = 3;

    private static final int LARGEST_REDUCTION = 1 << 20;

    public WaveformStages {
        channels = List.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("channels is empty: there must be one stage at least");
        }
        channels.forEach(width -> NetworkInput.requirePositive("channels", width));
        if (stride < 2) {
            throw new IllegalArgumentException("stride is " + stride + ": stages must divide the length by 2 or more");
        }
        if (kernel < stride) {
            throw new IllegalArgumentException(
                    "kernel is " + kernel + ": strides of " + stride + " samples (stride) would leave some out");
        }
        if (Math.pow(stride, channels.size()) > LARGEST_REDUCTION) {
            throw new IllegalArgumentException("channels has " + channels.size() + " stages with a stride of " + stride
                    + ": together they may divide the length by " + LARGEST_REDUCTION + " at most");
        }
    }

    /** The stages of Demucs, half as wide (Defossez et al., "Music source separation in the waveform domain", 2019). */
    static WaveformStages standard() {
        return new WaveformStages(List.of(32, 64, 128, 256, 512), 8, 4, WaveformLayers.Activation.LEAKY_RELU);
    }

    /** Channels at the bottleneck. */
    int deepest() {
        return channels.getLast();
    }

    /** What is left of a length after so many stages. */
    int lengthAfter(int stages, int padded) {
        int length = padded;
        for (int stage = 0; stage < stages; stage++) {
            length /= stride;
        }
        return length;
    }

    /** The next length that all stages divide evenly. */
    int padded(int length) {
        int reduction = 1;
        for (int stage = 0; stage < channels.size(); stage++) {
            reduction *= stride;
        }
        return Math.ceilDiv(length, reduction) * reduction;
    }

    /** Trainable weights without the bottleneck. */
    long weights(int inputs, int outputs) {
        long weights = 0;
        int above = inputs;
        for (int stage = 0; stage < channels.size(); stage++) {
            long width = channels.get(stage);
            weights += kernel * above * width + 2 * width;
            weights += gate(width, 1) + gate(width, CONTEXT);
            weights += stage == 0 ? kernel * width * outputs : kernel * width * above + 2L * above;
            above = channels.get(stage);
        }
        return weights;
    }

    private static long gate(long width, int kernel) {
        return kernel * width * 2 * width + 2 * width;
    }
}
