package io.stemline.training.network;

import io.stemline.training.graph.Layers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The layers of a {@link SpleeterUNetConfiguration}, for every stem apart:
 *
 * <ol>
 *   <li>Convolutions halve frames and bins. Between two of them stand batch normalisation and activation, in this order;
 *       skips, and what is deepest, are taken in front of these.
 *   <li>Transposed convolutions double frames and bins, each followed by activation, batch normalisation and, the deepest
 *       ones, dropout, and put together with the skip of its size. The last one gives a single channel.
 *   <li>A convolution that sees every other frame and bin gives a value for every channel of the mixture.
 * </ol>
 *
 * The values of all stems become masks.
 */
final class SpleeterUNet implements Architecture {
    private static final int KERNEL = 5;
    private static final int HEAD_KERNEL = 4;

    private final SpleeterUNetConfiguration configuration;
    private final PaddedSize padded;

    SpleeterUNet(SpleeterUNetConfiguration configuration) {
        this.configuration = configuration;
        padded = new PaddedSize(configuration.input(), configuration.filters().size());
    }

    @Override
    public Estimates build(Layers layers, Operand<TFloat32> mixture) {
        Ops tf = layers.tf();
        Operand<TFloat32> x = padded.padded(tf, mixture);
        List<Operand<TFloat32>> values = new ArrayList<>();
        for (int stem = 1; stem <= configuration.stems().size(); stem++) {
            values.add(unet(layers, "unet" + stem + ".", x));
        }
        Operand<TFloat32> all = padded.cut(tf, joined(tf, values));
        return Estimates.masks(configuration
                .mask()
                .masks(
                        layers,
                        all,
                        configuration.stems().size(),
                        configuration.input().channels()));
    }

    private Operand<TFloat32> unet(Layers layers, String prefix, Operand<TFloat32> mixture) {
        Deque<Operand<TFloat32>> raw = down(layers, prefix, mixture);
        Operand<TFloat32> x = raw.pop();
        int in = configuration.filters().getLast();
        int step = 0;
        for (int out : configuration.filtersUp()) {
            step++;
            x = up(layers, prefix + "up" + step, x, in, out, step);
            if (!raw.isEmpty()) {
                x = joined(layers.tf(), List.of(raw.pop(), x));
            }
            in = 2 * out;
        }
        int channels = configuration.input().channels();
        String head = prefix + "head";
        return layers.biased(head, layers.dilatedConvolution(head, x, HEAD_KERNEL, 1, channels), channels);
    }

    /** What the convolutions give, the deepest first. */
    private Deque<Operand<TFloat32>> down(Layers layers, String prefix, Operand<TFloat32> mixture) {
        Deque<Operand<TFloat32>> raw = new ArrayDeque<>();
        Operand<TFloat32> x = mixture;
        int in = configuration.input().channels();
        for (int out : configuration.filters()) {
            String name = prefix + "down" + (raw.size() + 1);
            if (!raw.isEmpty()) {
                String normalisation = prefix + "down" + raw.size();
                x = configuration
                        .activation()
                        .down(layers.tf(), layers.batchNormalisation(normalisation, raw.peek(), in));
            }
            raw.push(layers.biased(name, layers.stridedConvolution(name, x, KERNEL, in, out), out));
            in = out;
        }
        return raw;
    }

    private Operand<TFloat32> up(Layers layers, String name, Operand<TFloat32> x, int in, int out, int step) {
        int halved = configuration.filters().size() - step;
        var size = new Layers.Size(padded.frames(halved), padded.bins(halved), out);
        Operand<TFloat32> doubled = layers.biased(name, layers.transposedConvolution(name, x, KERNEL, in, size), out);
        Operand<TFloat32> activated = configuration.activation().up(layers.tf(), doubled);
        Operand<TFloat32> normal = layers.batchNormalisation(name, activated, out);
        return step <= SpleeterUNetConfiguration.DROPPED ? layers.dropout(normal, configuration.dropout()) : normal;
    }

    private static Operand<TFloat32> joined(Ops tf, List<Operand<TFloat32>> parts) {
        return parts.size() == 1 ? parts.getFirst() : tf.concat(parts, tf.constant(3));
    }

    static long convolutionWeights(long in, long out) {
        return (KERNEL * KERNEL * in + 1) * out;
    }

    static long headWeights(long channels) {
        return (HEAD_KERNEL * HEAD_KERNEL + 1) * channels;
    }
}
