package io.stemline.modelimport.spleeter;

import io.stemline.modelimport.spleeter.UNetWeights.Convolution;
import io.stemline.modelimport.spleeter.UNetWeights.Normalisation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * Spleeter's network as a graph of our own that computes the same numbers in less time, from magnitudes of the mixture to
 * magnitudes of the stems.
 *
 * <p>What is done differently, and why. A segment of 11.9 s and four stems is 24 billion multiplications and additions; the
 * large layers run at nine tenths of the speed of a plain 3x3 convolution:
 *
 * <ul>
 *   <li>A transposed convolution is four ordinary ones whose results are interleaved. TensorFlow fuses bias and
 *       activation into these, and oneDNN computes them faster than a transposed one.
 *   <li>The last transposed convolution has one output channel, and oneDNN computes sixteen at least. Four phases of up
 *       to four stems are sixteen channels: one convolution with zeros between the stems computes them all.
 *   <li>Normalisation is a scale and a shift, known beforehand. It cannot be folded into the convolution before it, whose
 *       raw output the skip connection takes (downwards) or whose activation comes between (upwards), nor its shift
 *       into the one after it, which sees zeros beyond the border; but both are one pass over memory, not three.
 *   <li>What nothing depends on (the sixth normalisation and activation, all that is for training) is not there.
 * </ul>
 *
 * <p>Kernels are variables. As constants they would be brought into oneDNN's own order once, not in every run, but
 * TensorFlow keeps constants in half a dozen copies and copies them in each of its graph optimisers: 3 GB instead of
 * 1 GB, and 4 s more before the first segment. What can be done against the
 * reordering is done: the two layers at the bottom hold two thirds of all weights, and are products of matrices; batches of
 * several segments share what is left.
 */
final class SpleeterNetwork {

    /** Most stems that share the last layers. */
    private static final int GROUP = 4;

    private static final float LEAK = 0.2f;

    private final Ops tf;
    private final SpleeterLayers layers;
    private final SpleeterModel model;

    SpleeterNetwork(Ops tf, SpleeterLayers layers, SpleeterModel model) {
        this.tf = tf;
        this.layers = layers;
        this.model = model;
    }

    /**
     * The stems' magnitudes.
     *
     * @param mixture {@code [batch][frame][bin][2]}; frames and bins are multiples of 64
     * @param weights one for each stem
     * @return {@code [batch][frame][bin][stem * 2 + channel]}
     */
    Operand<TFloat32> magnitudes(Operand<TFloat32> mixture, List<UNetWeights> weights) {
        var outputs = new ArrayList<Operand<TFloat32>>();
        for (int first = 0; first < weights.size(); first += GROUP) {
            var group = weights.subList(first, Math.min(first + GROUP, weights.size()));
            var inputs =
                    group.stream().map(unet -> upToTheLastStep(mixture, unet)).toList();
            outputs.add(lastSteps(layers.channels(inputs), group));
        }
        var copies = layers.channels(Collections.nCopies(weights.size(), mixture));
        return tf.math.mul(masks(layers.channels(outputs)), copies);
    }

    /** A U-Net but for its last transposed convolution and its head: what that convolution sees. */
    private Operand<TFloat32> upToTheLastStep(Operand<TFloat32> mixture, UNetWeights weights) {
        var raw = new ArrayList<Operand<TFloat32>>();
        var x = mixture;
        for (int step = 0; step < weights.down().size(); step++) {
            int in = UNetWeights.downInputChannels(step);
            if (step > 0) {
                x = activatedDownwards(
                        layers.normalised(raw.getLast(), weights.downNorms().get(step - 1)));
            }
            var convolution = weights.down().get(step);
            int out = UNetWeights.DOWN_CHANNELS.get(step);
            boolean bottom = step == weights.down().size() - 1;
            raw.add(bottom ? layers.downAtTheBottom(x, convolution, out) : layers.down(x, convolution, in, out));
        }
        x = raw.removeLast();
        for (int step = 0; step < weights.up().size() - 1; step++) {
            x = layers.channels(List.of(raw.removeLast(), up(x, weights, step)));
        }
        return x;
    }

    private Operand<TFloat32> up(Operand<TFloat32> x, UNetWeights weights, int step) {
        return layers.normalised(
                layers.interleaved(activatedPhases(x, weights, step)),
                weights.upNorms().get(step));
    }

    private Operand<TFloat32> activatedPhases(Operand<TFloat32> x, UNetWeights weights, int step) {
        int in = UNetWeights.upInputChannels(step);
        int out = UNetWeights.UP_CHANNELS.get(step);
        var convolution = weights.up().get(step);
        if (step == 0) {
            return activatedUpwards(layers.phasesAtTheBottom(x, convolution, in, out));
        }
        return layers.channels(layers.phases(x, convolution, in, out).stream()
                .map(this::activatedUpwards)
                .toList());
    }

    /** The last transposed convolutions and the heads of several U-Nets at once. */
    private Operand<TFloat32> lastSteps(Operand<TFloat32> x, List<UNetWeights> weights) {
        int unets = weights.size();
        var convolution = sharedLastStep(weights);
        int channels = SpleeterLayers.PHASES * unets;
        var phases = activatedUpwards(layers.convolution(
                x, convolution, UNetWeights.upInputChannels(UNetWeights.UP_CHANNELS.size() - 1) * unets, channels));
        var stems = layers.interleaved(layers.normalised(phases, sharedLastNormalisation(weights)));
        return layers.dilated(stems, sharedHead(weights), unets, 2 * unets);
    }

    private static Convolution sharedLastStep(List<UNetWeights> weights) {
        int unets = weights.size();
        int in = UNetWeights.upInputChannels(UNetWeights.UP_CHANNELS.size() - 1);
        float[] kernel = new float[3 * 3 * in * unets * SpleeterLayers.PHASES * unets];
        float[] bias = new float[SpleeterLayers.PHASES * unets];
        for (int unet = 0; unet < unets; unet++) {
            var step = weights.get(unet).up().getLast();
            TransposedKernel.embed(step.kernel(), kernel, in * unets, in * unet, unets, unet);
            for (int phase = 0; phase < SpleeterLayers.PHASES; phase++) {
                bias[phase * unets + unet] = step.bias()[0];
            }
        }
        return new Convolution(kernel, bias);
    }

    private static Normalisation sharedLastNormalisation(List<UNetWeights> weights) {
        int unets = weights.size();
        float[] scale = new float[SpleeterLayers.PHASES * unets];
        float[] shift = new float[SpleeterLayers.PHASES * unets];
        for (int channel = 0; channel < scale.length; channel++) {
            var norm = weights.get(channel % unets).upNorms().getLast();
            scale[channel] = norm.scale()[0];
            shift[channel] = norm.shift()[0];
        }
        return new Normalisation(scale, shift);
    }

    private static Convolution sharedHead(List<UNetWeights> weights) {
        int unets = weights.size();
        int places = weights.getFirst().head().kernel().length / 2;
        float[] kernel = new float[places * unets * 2 * unets];
        float[] bias = new float[2 * unets];
        for (int unet = 0; unet < unets; unet++) {
            var head = weights.get(unet).head();
            for (int channel = 0; channel < 2; channel++) {
                bias[2 * unet + channel] = head.bias()[channel];
                for (int place = 0; place < places; place++) {
                    kernel[(place * unets + unet) * 2 * unets + 2 * unet + channel] =
                            head.kernel()[2 * place + channel];
                }
            }
        }
        return new Convolution(kernel, bias);
    }

    private Operand<TFloat32> masks(Operand<TFloat32> outputs) {
        return model == SpleeterModel.FIVE_STEMS ? softmaxOverStems(outputs) : tf.math.sigmoid(outputs);
    }

    private Operand<TFloat32> softmaxOverStems(Operand<TFloat32> outputs) {
        var shape = tf.shape(outputs);
        var byStem = tf.reshape(
                outputs,
                tf.concat(
                        List.of(
                                tf.slice(shape, tf.constant(new int[] {0}), tf.constant(new int[] {3})),
                                tf.constant(new int[] {model.stems().size(), 2})),
                        tf.constant(0)));
        var stems = tf.constant(3);
        var keep = org.tensorflow.op.core.Max.keepDims(true);
        var exponentials = tf.math.exp(tf.math.sub(byStem, tf.max(byStem, stems, keep)));
        var sum = tf.sum(exponentials, stems, org.tensorflow.op.core.Sum.keepDims(true));
        return tf.reshape(tf.math.div(exponentials, sum), shape);
    }

    private Operand<TFloat32> activatedDownwards(Operand<TFloat32> x) {
        return model == SpleeterModel.TWO_STEMS ? tf.nn.leakyRelu(x, LeakyRelu.alpha(LEAK)) : tf.nn.elu(x);
    }

    private Operand<TFloat32> activatedUpwards(Operand<TFloat32> x) {
        return model == SpleeterModel.TWO_STEMS ? tf.nn.relu(x) : tf.nn.elu(x);
    }
}
