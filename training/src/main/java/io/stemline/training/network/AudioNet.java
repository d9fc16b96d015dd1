package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import io.stemline.training.graph.WaveformLayers;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * A U-Net on samples (Stoller et al., "Wave-U-Net", 2018) with the stages of Demucs (Defossez et al., "Music source
 * separation in the waveform domain", 2019).
 *
 * <ol>
 *   <li>The mixture is divided by its root mean square, so that the level of a recording does not matter, and padded at both
 *       ends to a length that the stages divide evenly.
 *   <li>Strided convolutions shorten it stage by stage, each followed by a gated linear unit.
 *   <li>The bottleneck sees the whole piece at its coarsest.
 *   <li>Every stage up adds what its stage down gave, passes it through a gated linear unit, and lengthens it. The last one
 *       gives every stem and channel.
 *   <li>The padding is cut off, and the level given back.
 * </ol>
 */
final class AudioNet implements Architecture {
    private static final float SILENCE = 1e-5f;

    private final WaveformInput input;
    private final int outputs;
    private final WaveformStages stages;
    private final WaveformBottleneck bottleneck;

    AudioNet(WaveformInput input, List<String> stems, WaveformStages stages, WaveformBottleneck bottleneck) {
        this.input = input;
        this.stages = stages;
        this.bottleneck = bottleneck;
        outputs = stems.size() * input.channels();
    }

    long trainableWeights() {
        return stages.weights(input.channels(), outputs) + bottleneck.weights(stages.deepest());
    }

    @Override
    public Estimates build(Layers layers, Operand<TFloat32> mixture) {
        Ops tf = layers.tf();
        WaveformLayers line = new WaveformLayers(layers, stages.activation());
        Operand<TFloat32> level = level(tf, mixture);
        Operand<TFloat32> levelled = tf.math.div(mixture, tf.math.maximum(level, tf.constant(SILENCE)));
        List<Operand<TFloat32>> skips = down(line, padded(tf, levelled));
        var deepest = bottleneck.build(layers, line, skips.getLast(), stages.deepest());
        Operand<TFloat32> waveforms = cut(tf, up(tf, line, deepest.values(), skips));
        return Estimates.waveforms(tf.math.mul(waveforms, level)).withLatent(deepest.latent());
    }

    /** {@code [batch][1][1]}. */
    private static Operand<TFloat32> level(Ops tf, Operand<TFloat32> mixture) {
        return tf.math.sqrt(tf.math.mean(tf.math.square(mixture), tf.constant(new int[] {1, 2}), Mean.keepDims(true)));
    }

    private int before() {
        return (stages.padded(input.length()) - input.length()) / 2;
    }

    private Operand<TFloat32> padded(Ops tf, Operand<TFloat32> x) {
        int after = stages.padded(input.length()) - input.length() - before();
        return tf.pad(x, tf.constant(new int[][] {{0, 0}, {before(), after}, {0, 0}}), tf.constant(0f));
    }

    private Operand<TFloat32> cut(Ops tf, Operand<TFloat32> x) {
        return tf.slice(
                x, tf.constant(new int[] {0, before(), 0}), tf.constant(new int[] {-1, input.length(), outputs}));
    }

    private List<Operand<TFloat32>> down(WaveformLayers line, Operand<TFloat32> mixture) {
        List<Operand<TFloat32>> skips = new ArrayList<>();
        Operand<TFloat32> x = mixture;
        int in = input.channels();
        for (int stage = 0; stage < stages.channels().size(); stage++) {
            int width = stages.channels().get(stage);
            String name = "encoder" + (stage + 1);
            x = line.down(name, x, stages.kernel(), stages.stride(), in, width);
            x = line.gated(name + ".gate", x, 1, width);
            skips.add(x);
            in = width;
        }
        return skips;
    }

    private Operand<TFloat32> up(
            Ops tf, WaveformLayers line, Operand<TFloat32> deepest, List<Operand<TFloat32>> skips) {
        int padded = stages.padded(input.length());
        Operand<TFloat32> x = deepest;
        for (int stage = skips.size() - 1; stage >= 0; stage--) {
            int width = stages.channels().get(stage);
            int length = stages.lengthAfter(stage, padded);
            String name = "decoder" + (stage + 1);
            x = line.gated(name + ".gate", tf.math.add(x, skips.get(stage)), WaveformStages.CONTEXT, width);
            if (stage > 0) {
                var size = new WaveformLayers.Size(length, stages.channels().get(stage - 1));
                x = line.up(name, x, stages.kernel(), stages.stride(), width, size);
            } else {
                var size = new WaveformLayers.Size(length, outputs);
                x = line.head(name, x, stages.kernel(), stages.stride(), width, size);
            }
        }
        return x;
    }
}
