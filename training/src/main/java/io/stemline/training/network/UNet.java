package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * The layers of a {@link UNetConfiguration}.
 *
 * <ol>
 *   <li>The mixture is divided by its mean, so that the level of a recording does not matter, and compressed; a ramp over
 *       the bins tells convolutions how high they are.
 *   <li>Strided convolutions halve frames and bins stage by stage.
 *   <li>Transposed convolutions double them again, each fed with the stage below and the skip from the way down.
 *   <li>The last one gives a value for every stem and channel, to which every bin adds its own bias; these become masks.
 * </ol>
 */
final class UNet implements Architecture {
    private final UNetConfiguration configuration;

    UNet(UNetConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Estimates build(Layers layers, Operand<TFloat32> mixture) {
        Ops tf = layers.tf();
        List<Integer> widths = configuration.stageChannels();
        List<Operand<TFloat32>> skips = new ArrayList<>();
        Operand<TFloat32> compressed =
                tf.math.pow(layers.relativeToMean(mixture), tf.constant((float) configuration.compression()));
        Operand<TFloat32> x = tf.concat(List.of(compressed, ramp(tf, mixture)), tf.constant(3));
        int in = configuration.input().channels() + 1;
        for (int stage = 0; stage < widths.size(); stage++) {
            x = layers.down("down" + (stage + 1), x, configuration.kernel(), in, widths.get(stage));
            if (stage < widths.size() - 1) {
                x = acrossBins(layers, "down" + (stage + 1), x, stage + 1, widths.get(stage));
            }
            skips.add(x);
            in = widths.get(stage);
        }
        for (int stage = widths.size() - 1; stage > 0; stage--) {
            int out = widths.get(stage - 1);
            Layers.Size size = new Layers.Size(
                    configuration.input().frames() >> stage,
                    configuration.input().bins() >> stage,
                    out);
            x = layers.up("up" + (stage + 1), x, configuration.kernel(), in, size);
            x = acrossBins(layers, "up" + (stage + 1), x, stage, out);
            x = tf.concat(List.of(x, skips.get(stage - 1)), tf.constant(3));
            in = 2 * out;
        }
        int stems = configuration.stems().size();
        int channels = configuration.input().channels();
        Layers.Size size = new Layers.Size(
                configuration.input().frames(), configuration.input().bins(), stems * channels);
        Operand<TFloat32> logits = layers.head("head", x, configuration.kernel(), in, size);
        return Estimates.masks(configuration.masking().masks(tf, logits, stems, channels));
    }

    private Operand<TFloat32> acrossBins(Layers layers, String name, Operand<TFloat32> x, int halvings, int channels) {
        if (configuration.acrossBins() == 0) {
            return x;
        }
        var size = new Layers.Size(
                configuration.input().frames() >> halvings,
                configuration.input().bins() >> halvings,
                channels);
        return layers.acrossBins(name + ".across", x, configuration.acrossBins(), size);
    }

    private Operand<TFloat32> ramp(Ops tf, Operand<TFloat32> mixture) {
        float[][][][] heights = new float[1][1][configuration.input().bins()][1];
        for (int bin = 0; bin < configuration.input().bins(); bin++) {
            heights[0][0][bin][0] = 2f * bin / configuration.input().bins() - 1;
        }
        Operand<TFloat32> zeros = tf.zerosLike(tf.math.mean(mixture, tf.constant(3), Mean.keepDims(true)));
        return tf.math.add(zeros, tf.constant(heights));
    }
}
