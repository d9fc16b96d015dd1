package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The layers of the SpectrogramNets.
 *
 * <ol>
 *   <li>The mixture is normalised if that is wanted, and padded so that it can be halved.
 *   <li>Stages of three convolutions; after each, the largest of four neighbours is kept.
 *   <li>The bottleneck, which is what the networks differ in.
 *   <li>For every stage a transposed convolution that doubles frames and bins, the stage's output as a skip, three
 *       convolutions and dropout.
 *   <li>A convolution over channels gives a value for every stem and channel, which becomes a mask.
 * </ol>
 */
final class SpectrogramNet implements Architecture {
    private static final int KERNEL = 3;
    private static final int UP_KERNEL = 5;
    private static final int CONVOLUTIONS = 3;
    private static final float LEAST_VARIANCE = 1e-5f;

    private final SpectrumInput input;
    private final int stems;
    private final SpectrogramNetLayers settings;
    private final MaskSettings mask;
    private final SpectrogramBottleneck bottleneck;
    private final PaddedSize padded;

    SpectrogramNet(
            SpectrumInput input,
            int stems,
            SpectrogramNetLayers settings,
            MaskSettings mask,
            SpectrogramBottleneck bottleneck) {
        this.input = input;
        this.stems = stems;
        this.settings = settings;
        this.mask = mask;
        this.bottleneck = bottleneck;
        padded = new PaddedSize(input, settings.stages());
    }

    @Override
    public Estimates build(Layers layers, Operand<TFloat32> mixture) {
        Ops tf = layers.tf();
        Deque<Operand<TFloat32>> skips = new ArrayDeque<>();
        Operand<TFloat32> x = padded.padded(tf, settings.normaliseInput() ? normalised(layers, mixture) : mixture);
        int in = input.channels();
        for (int stage = 0; stage < settings.stages(); stage++) {
            skips.push(stage(layers, "down" + (stage + 1), x, in, settings.width(stage)));
            x = halved(tf, skips.peek());
            in = settings.width(stage);
        }
        var between = bottleneck.build(this, layers, x, bottleneckSize());
        x = between.values();
        for (int stage = settings.stages() - 1; stage >= 0; stage--) {
            x = up(layers, "up" + (stage + 1), x, stage, skips.pop());
        }
        return Estimates.masks(masks(layers, x)).withLatent(between.latent());
    }

    /** The mixture with mean 0 and deviation 1, and a scale and a centre for every bin. */
    private Operand<TFloat32> normalised(Layers layers, Operand<TFloat32> mixture) {
        Ops tf = layers.tf();
        Operand<TFloat32> centred = tf.math.sub(mixture, exampleMean(tf, mixture));
        Operand<TFloat32> variance = exampleMean(tf, tf.math.square(centred));
        Operand<TFloat32> level = tf.math.rsqrt(tf.math.add(variance, tf.constant(LEAST_VARIANCE)));
        return layers.scaledAndCentred("input", tf.math.mul(centred, level), input.bins());
    }

    private static Operand<TFloat32> exampleMean(Ops tf, Operand<TFloat32> x) {
        return tf.math.mean(x, tf.constant(new int[] {1, 2, 3}), Mean.keepDims(true));
    }

    /** Convolutions of the same size, each with its activation and, behind that, batch normalisation. */
    Operand<TFloat32> stage(Layers layers, String name, Operand<TFloat32> x, int in, int out) {
        Operand<TFloat32> y = x;
        for (int i = 1; i <= CONVOLUTIONS; i++) {
            String convolution = name + ".conv" + i;
            y = layers.convolution(convolution, y, KERNEL, i == 1 ? in : out, out);
            y = layers.batchNormalisation(convolution, activated(layers.tf(), y), out);
        }
        return y;
    }

    private Operand<TFloat32> activated(Ops tf, Operand<TFloat32> x) {
        return settings.leak() > 0 ? tf.nn.leakyRelu(x, LeakyRelu.alpha((float) settings.leak())) : tf.nn.selu(x);
    }

    private static Operand<TFloat32> halved(Ops tf, Operand<TFloat32> x) {
        Operand<TInt32> square = tf.constant(new int[] {1, 2, 2, 1});
        return tf.nn.maxPool(x, square, square, "VALID");
    }

    private Operand<TFloat32> up(Layers layers, String name, Operand<TFloat32> x, int stage, Operand<TFloat32> skip) {
        Ops tf = layers.tf();
        int width = settings.width(stage);
        var size = new Layers.Size(padded.frames(stage), padded.bins(stage), width);
        Operand<TFloat32> doubled = layers.transposedConvolution(name, x, UP_KERNEL, 2 * width, size);
        Operand<TFloat32> normal = layers.batchNormalisation(name, doubled, width);
        Operand<TFloat32> both = tf.concat(List.of(normal, skip), tf.constant(3));
        return layers.dropout(stage(layers, name, both, 2 * width, width), settings.dropout());
    }

    private Operand<TFloat32> masks(Layers layers, Operand<TFloat32> x) {
        Operand<TFloat32> values = layers.convolution("head", x, 1, settings.hiddenChannels(), outputs());
        values = padded.cut(layers.tf(), layers.batchNormalisation("head", values, outputs()));
        if (settings.normaliseOutput()) {
            values = layers.scaledAndCentred("output", values, input.bins());
        }
        return mask.masks(layers, values, stems, input.channels());
    }

    private int outputs() {
        return stems * input.channels();
    }

    private Layers.Size bottleneckSize() {
        int stages = settings.stages();
        return new Layers.Size(padded.frames(stages), padded.bins(stages), settings.deepestWidth());
    }

    long trainableWeights() {
        long weights = bottleneck.trainableWeights(bottleneckSize());
        int in = input.channels();
        for (int stage = 0; stage < settings.stages(); stage++) {
            int width = settings.width(stage);
            weights += stageWeights(in, width);
            weights += (long) UP_KERNEL * UP_KERNEL * 2 * width * width + 2L * width;
            weights += stageWeights(2 * width, width);
            in = width;
        }
        weights += (settings.hiddenChannels() + 2L) * outputs();
        int scalesAndCentres = (settings.normaliseInput() ? 1 : 0) + (settings.normaliseOutput() ? 1 : 0);
        return weights
                + 2L * scalesAndCentres * input.bins()
                + mask.activation().trainableWeights();
    }

    static long stageWeights(long in, long out) {
        long kernels = KERNEL * KERNEL * out * (in + (CONVOLUTIONS - 1) * out);
        return kernels + CONVOLUTIONS * 2 * out;
    }
}
