package io.stemline.training.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * What a graph makes of one tensor.
 *
 * @param value flat
 * @param gradient of the sum of all values by the tensor, flat
 */
public record Evaluated(float[] value, float[] gradient) {

    /** Runs a graph of one input. */
    public static Evaluated at(Shape shape, float[] x, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
        return at(shape, shape, x, function);
    }

    /** The same with another, open shape when the graph is built. */
    public static Evaluated at(
            Shape declared, Shape shape, float[] x, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
        try (Graph graph = new Graph();
                TFloat32 fed = tensor(shape, x)) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(declared));
            Operand<TFloat32> result = function.apply(tf, input);
            Operand<TFloat32> gradient = tf.gradients(result, List.of(input)).dy(0);
            try (Session session = new Session(graph);
                    var fetched = session.runner()
                            .feed(input, fed)
                            .fetch(result)
                            .fetch(gradient)
                            .run()) {
                return new Evaluated(floats(fetched.get(0)), floats(fetched.get(1)));
            }
        }
    }

    /** Central differences, in double precision. */
    public static double[] numericalGradient(float[] x, double step, ToDoubleFunction<double[]> function) {
        double[] moved = doubles(x);
        double[] gradient = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            moved[i] = x[i] + step;
            double above = function.applyAsDouble(moved);
            moved[i] = x[i] - step;
            gradient[i] = (above - function.applyAsDouble(moved)) / (2 * step);
            moved[i] = x[i];
        }
        return gradient;
    }

    /** Normally distributed values. */
    public static float[] noise(long seed, int length) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** The largest difference of two arrays, as a share of the second's largest value. */
    public static double relativeError(float[] found, double[] expected) {
        if (found.length != expected.length) {
            throw new AssertionError(found.length + " values instead of " + expected.length);
        }
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        double error = 0;
        for (int i = 0; i < found.length; i++) {
            error = Math.max(error, Math.abs(found[i] - expected[i]));
        }
        return error / (scale == 0 ? 1 : scale);
    }

    public static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    public static TFloat32 tensor(Shape shape, float[] values) {
        return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }
}
