package io.stemline.bsseval;

import io.stemline.fft.RealFft;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The inner loops of scoring, at the sizes that four stereo stems and 512 taps give. In the package of what it measures. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class KernelBenchmark {
    private static final int SIZE = 8192;
    private static final int ORDER = 8;
    private static final int TAPS = 512;

    private static final int LANES = 4;
    private static final double LEAST_PIVOT = 512 * Math.ulp(1.0);

    private final double[][] vectors = new double[10][RealFft.bins(SIZE)];
    private final double[][] signals = new double[4][SIZE];
    private RealFft fft;
    private BlockToeplitz matrix;
    private ToeplitzCholesky factor;
    private double[][] right;

    @Setup
    public void fill() {
        var random = new Random(1);
        for (var vector : vectors) {
            Arrays.setAll(vector, k -> random.nextGaussian());
        }
        for (var signal : signals) {
            Arrays.setAll(signal, k -> random.nextGaussian());
        }
        fft = new RealFft(SIZE, LANES);
        var rows = new double[ORDER][ORDER * TAPS];
        for (int i = 0; i < ORDER; i++) {
            for (int lag = 0; lag < TAPS; lag++) {
                rows[i][lag * ORDER + i] = Math.pow(0.9, lag);
            }
        }
        matrix = new BlockToeplitz(ORDER, TAPS, rows);
        factor = ToeplitzCholesky.of(matrix, LEAST_PIVOT).orElseThrow();
        right = new double[ORDER][ORDER * TAPS];
        for (var column : right) {
            Arrays.setAll(column, k -> random.nextGaussian());
        }
    }

    @Benchmark
    public double[] spectraOfFourSignals() {
        for (int lane = 0; lane < LANES; lane++) {
            fft.load(lane, signals[lane], 0, SIZE);
        }
        fft.forward();
        for (int lane = 0; lane < LANES; lane++) {
            fft.storeSpectrum(lane, vectors[2 * lane], vectors[2 * lane + 1]);
        }
        return vectors[0];
    }

    @Benchmark
    public double[] twoProductsOfSpectra() {
        ComplexVectors.addConjugateProducts(
                vectors[0],
                vectors[1],
                vectors[2],
                vectors[3],
                vectors[4],
                vectors[5],
                vectors[6],
                vectors[7],
                vectors[8],
                vectors[9],
                0,
                256);
        return vectors[8];
    }

    @Benchmark
    public Object factorisation() {
        return ToeplitzCholesky.of(matrix, LEAST_PIVOT);
    }

    @Benchmark
    public double[][] solution() {
        var x = Arrays.stream(right).map(double[]::clone).toArray(double[][]::new);
        factor.solve(x);
        return x;
    }

    @Benchmark
    public Object energies() {
        var energies = new Energies();
        energies.add(signals[0], signals[1], 0, signals[2], signals[3], 0, SIZE);
        return energies;
    }
}
