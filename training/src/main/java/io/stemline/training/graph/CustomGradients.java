package io.stemline.training.graph;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.BlockLSTM;
import org.tensorflow.op.nn.BlockLSTMGrad;
import org.tensorflow.op.signal.Irfft;
import org.tensorflow.op.signal.Rfft;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Gradients of operations for which TensorFlow has none outside Python: RFFT, IRFFT and BlockLSTMV2.
 *
 * <p>TensorFlow takes ten registrations in a process and keeps them for good, so all of this library's are here. A
 * gradient by a complex number is the gradient by its real part plus i times that by its imaginary part.
 *
 * <p>While TensorFlow builds gradients it holds the graph's lock, and to ask for the shape of an output waits for that lock
 * for ever: lengths are therefore read within the graph.
 */
public final class CustomGradients {
    private static boolean registered;

    private CustomGradients() {}

    /** Makes the gradients known to TensorFlow. Does nothing the second time. */
    public static synchronized void register() {
        if (registered) {
            return;
        }
        TensorFlow.registerCustomGradient(Rfft.OP_NAME, CustomGradients::rfft);
        TensorFlow.registerCustomGradient(Irfft.OP_NAME, CustomGradients::irfft);
        Class<BlockLSTM.Inputs<TFloat32>> blockLstm = blockLstmInputs();
        TensorFlow.registerCustomGradient(blockLstm, CustomGradients::blockLstm);
        registered = true;
    }

    @SuppressWarnings("unchecked")
    private static Class<BlockLSTM.Inputs<TFloat32>> blockLstmInputs() {
        return (Class<BlockLSTM.Inputs<TFloat32>>) (Class<?>) BlockLSTM.Inputs.class;
    }

    /**
     * With N the length of the transform, dL/dx[n] = Re sum over the bins k of g[k] exp(2 pi i k n / N): N times the
     * inverse transform of g, which counts every bin twice that has a mirrored one, and is given half of these.
     */
    private static List<Operand<?>> rfft(Ops tf, GraphOperation rfft, List<Output<?>> gradients) {
        Operand<TInt32> length = integers(rfft.input(1));
        Operand<TFloat32> count = tf.dtypes.cast(length, TFloat32.class);
        Operand<TFloat32> weights = tf.math.div(count, timesCounted(tf, length));
        Operand<TType> weighted = ComplexOps.scaled(tf, gradients.getFirst(), weights);
        Operand<TFloat32> samples = ComplexOps.irfft(tf, weighted, length);
        return List.of(shaped(tf, samples, rfft.input(0)), tf.zerosLike(length));
    }

    /** The transform of the gradient over N; bins that have a mirrored one count twice. */
    private static List<Operand<?>> irfft(Ops tf, GraphOperation irfft, List<Output<?>> gradients) {
        Operand<TInt32> length = integers(irfft.input(1));
        Operand<TFloat32> count = tf.dtypes.cast(length, TFloat32.class);
        Operand<TFloat32> weights = tf.math.div(timesCounted(tf, length), count);
        Operand<TType> spectra = ComplexOps.scaled(tf, ComplexOps.rfft(tf, gradients.getFirst(), length), weights);
        return List.of(shaped(tf, spectra, irfft.input(0)), tf.zerosLike(length));
    }

    /** {@code [bin]}: 1 for 0 Hz and for half the sample rate, which is there if the length is even; 2 for the others. */
    private static Operand<TFloat32> timesCounted(Ops tf, Operand<TInt32> length) {
        Operand<TInt32> scalar = tf.squeeze(length);
        Operand<TInt32> bins = tf.range(
                tf.constant(0), tf.math.add(tf.math.floorDiv(scalar, tf.constant(2)), tf.constant(1)), tf.constant(1));
        Operand<TInt32> toMirrored = tf.math.floorMod(tf.math.mul(bins, tf.constant(-2)), length);
        return tf.math.add(
                tf.constant(1f), tf.dtypes.cast(tf.math.notEqual(toMirrored, tf.constant(0)), TFloat32.class));
    }

    /** Costs nothing, and fails if a transform was given more than it takes. */
    private static <T extends TType> Operand<T> shaped(Ops tf, Operand<T> x, Output<?> pattern) {
        return tf.reshape(x, tf.shape(pattern));
    }

    @SuppressWarnings("unchecked")
    private static Operand<TInt32> integers(Output<?> output) {
        return (Operand<TInt32>) output;
    }

    private static List<Operand<?>> blockLstm(Ops tf, BlockLSTM.Inputs<TFloat32> inputs, List<Output<?>> gradients) {
        BlockLSTM<TFloat32> lstm = inputs.getOutputs();
        BlockLSTMGrad<TFloat32> gradient = tf.nn.blockLSTMGrad(
                inputs.seqLenMax,
                inputs.x,
                inputs.csPrev,
                inputs.hPrev,
                inputs.w,
                inputs.wci,
                inputs.wcf,
                inputs.wco,
                inputs.b,
                lstm.i(),
                lstm.cs(),
                lstm.f(),
                lstm.o(),
                lstm.ci(),
                lstm.co(),
                lstm.h(),
                single(gradients.get(1)),
                single(gradients.get(6)),
                inputs.usePeephole);
        return List.of(
                tf.constant(0L),
                gradient.xGrad(),
                gradient.csPrevGrad(),
                gradient.hPrevGrad(),
                gradient.wGrad(),
                gradient.wciGrad(),
                gradient.wcfGrad(),
                gradient.wcoGrad(),
                gradient.bGrad());
    }

    @SuppressWarnings("unchecked")
    private static Operand<TFloat32> single(Output<?> gradient) {
        return (Operand<TFloat32>) gradient;
    }
}
