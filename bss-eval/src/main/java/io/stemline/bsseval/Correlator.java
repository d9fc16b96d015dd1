package io.stemline.bsseval;

import io.stemline.fft.RealFft;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Correlates a stretch of all signals for the lags that the filters span, block by block.
 *
 * <p>A block of F frames is transformed twice: whole, and with all but its middle F - 2 (L - 1) frames set to zero. The
 * product of the conjugate of the latter with the former is the spectrum of the inner products between the middle of one
 * channel and the neighbourhood of the other, free of wrap-around for lags up to L - 1 in both directions. The products are
 * added up as spectra, and only the sums are transformed back. The middles of neighbouring blocks meet.
 *
 * <p>Work for S sources, C channels, D = S C: 3 D real transforms a block (references twice, estimates once) and
 * D (D + 1) / 2 + D D products. For S = 4, C = 2, L = 512, F = 8192 these are 24 transforms and 100 products for 7170
 * frames, together about 13 Gflop for 240 s at 44.1 kHz.
 *
 * <p>Threads take chunks of blocks. A chunk has sums of its own, which are added to the total in the order of the chunks, so
 * that the figures do not depend on the number of threads.
 */
final class Correlator {
    private static final int CHUNK_BLOCKS = 16;
    private static final int GROUP_BLOCKS = 4;
    private static final int TILE_BINS = 256;
    private static final int LANES = 4;

    private final Inputs inputs;
    private final int taps;
    private final int channels; // D
    private final int size; // F
    private final int advance; // F - 2 (L - 1)
    private final int bins;
    private final long start;
    private final long end;
    private final int blocks;
    private final SlidingReader reader;
    private final double[][] sumRe; // [pair][bin]
    private final double[][] sumIm;
    private final boolean[] sounding;
    private final AtomicBoolean failed = new AtomicBoolean();
    private int nextChunk;
    private int mergedChunks;

    private Correlator(Inputs inputs, long start, long end, int taps) {
        this.inputs = inputs;
        this.taps = taps;
        this.start = start;
        this.end = end;
        this.channels = inputs.sources() * inputs.channels();
        this.size = BlockSizes.forCorrelation(taps, end - start);
        this.advance = size - 2 * (taps - 1);
        this.bins = RealFft.bins(size);
        // The first middle begins L - 1 frames before the stretch, where the reader delivers silence.
        this.blocks = Math.toIntExact(Math.ceilDiv(end - start + taps - 1, advance));
        this.reader = new SlidingReader(inputs, start, end, 2 * (taps - 1), advance);
        this.sumRe = new double[pairs()][bins];
        this.sumIm = new double[pairs()][bins];
        this.sounding = new boolean[2 * inputs.sources()];
    }

    static Correlations correlate(Inputs inputs, long start, long end, int taps, Workers workers, Progress progress) {
        var correlator = new Correlator(inputs, start, end, taps);
        workers.inEveryThread(() -> correlator.work(progress));
        return correlator.result();
    }

    private int pairs() {
        return channels * (channels + 1) / 2 + channels * channels;
    }

    private void work(Progress progress) {
        var chunk = new Chunk();
        try {
            for (int index = take(chunk); index >= 0; index = take(chunk)) {
                chunk.accumulate();
                merge(index, chunk, progress);
            }
        } catch (RuntimeException | Error e) {
            failed.set(true);
            synchronized (sumRe) {
                sumRe.notifyAll();
            }
            throw e;
        }
    }

    private int take(Chunk chunk) {
        synchronized (reader) {
            int first = nextChunk * CHUNK_BLOCKS;
            if (failed.get() || first >= blocks) {
                return -1;
            }
            chunk.filled = Math.min(CHUNK_BLOCKS, blocks - first);
            for (int b = 0; b < chunk.filled; b++) {
                reader.next(chunk.frames[b]);
            }
            return nextChunk++;
        }
    }

    private void merge(int index, Chunk chunk, Progress progress) {
        synchronized (sumRe) {
            while (mergedChunks != index && !failed.get()) {
                try {
                    sumRe.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("Scoring was interrupted.", e);
                }
            }
            for (int pair = 0; pair < sumRe.length; pair++) {
                add(chunk.re[pair], sumRe[pair]);
                add(chunk.im[pair], sumIm[pair]);
            }
            for (int i = 0; i < sounding.length; i++) {
                sounding[i] |= chunk.sounding[i];
            }
            mergedChunks++;
            progress.at(Math.min(1.0, (double) mergedChunks * CHUNK_BLOCKS / blocks));
            sumRe.notifyAll();
        }
    }

    private static void add(double[] x, double[] sum) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += x[k];
        }
    }

    private Correlations result() {
        var references = new double[channels][channels][taps];
        var estimates = new double[channels][channels][taps];
        var fft = new RealFft(size, LANES);
        var products = new double[LANES][size];
        int pair = 0;
        for (int i = 0; i < channels; i++) {
            for (int j = i; j < channels; j++, pair++) {
                var sums = innerProducts(fft, products, pair);
                copyLags(sums, 1, references[i][j]);
                copyLags(sums, -1, references[j][i]);
            }
        }
        for (int e = 0; e < channels; e++) {
            for (int i = 0; i < channels; i++, pair++) {
                copyLags(innerProducts(fft, products, pair), -1, estimates[e][i]);
            }
        }
        var silent = new boolean[sounding.length];
        for (int i = 0; i < silent.length; i++) {
            silent[i] = !sounding[i];
        }
        // Two forward transforms and an inverse one lie between the samples and an inner product.
        return new Correlations(references, estimates, silent, end - start, 3 * RealFft.relativeError(size));
    }

    private void copyLags(double[] sums, int sign, double[] to) {
        for (int lag = 0; lag < taps; lag++) {
            to[lag] = sums[sign * lag & size - 1] / size; // negative lags stand at the end
        }
    }

    /** The inner products of a pair for all lags, times size; those of its followers come from the same transform. */
    private double[] innerProducts(RealFft fft, double[][] products, int pair) {
        int lane = pair % LANES;
        if (lane == 0) {
            int count = Math.min(LANES, pairs() - pair);
            for (int next = 0; next < count; next++) {
                fft.loadSpectrum(next, sumRe[pair + next], sumIm[pair + next]);
            }
            fft.inverse();
            for (int next = 0; next < count; next++) {
                fft.store(next, products[next]);
            }
        }
        return products[lane];
    }

    /** Consecutive blocks, their spectra and the sums of products over them. */
    private final class Chunk {
        private final double[][][] frames = new double[Math.min(CHUNK_BLOCKS, blocks)][2 * channels][size];
        private final double[][][] spectrumRe = new double[GROUP_BLOCKS][3 * channels][bins];
        private final double[][][] spectrumIm = new double[GROUP_BLOCKS][3 * channels][bins];
        private final double[][] re = new double[pairs()][bins];
        private final double[][] im = new double[pairs()][bins];
        private final boolean[] sounding = new boolean[2 * inputs.sources()];
        private final RealFft fft = new RealFft(size, LANES);
        private int filled;

        void accumulate() {
            Arrays.fill(sounding, false);
            for (int pair = 0; pair < re.length; pair++) {
                Arrays.fill(re[pair], 0);
                Arrays.fill(im[pair], 0);
            }
            for (int first = 0; first < filled; first += GROUP_BLOCKS) {
                int count = Math.min(GROUP_BLOCKS, filled - first);
                for (int b = 0; b < count; b++) {
                    Silence.findSound(frames[first + b], 0, size, inputs.channels(), sounding);
                    transform(frames[first + b], spectrumRe[b], spectrumIm[b]);
                }
                if (count % 2 == 1) {
                    silence(spectrumRe[count], spectrumIm[count]);
                }
                for (int from = 0; from < bins; from += TILE_BINS) {
                    multiply(count, from, Math.min(bins, from + TILE_BINS));
                }
            }
        }

        /** Spectra of all middles (references, then estimates), then of the whole blocks of the references. */
        private void transform(double[][] block, double[][] toRe, double[][] toIm) {
            int edge = taps - 1;
            for (int first = 0; first < 3 * channels; first += LANES) {
                int count = Math.min(LANES, 3 * channels - first);
                for (int lane = 0; lane < count; lane++) {
                    int spectrum = first + lane;
                    if (spectrum < 2 * channels) {
                        fft.load(lane, block[spectrum], edge, size - edge);
                    } else {
                        fft.load(lane, block[spectrum - 2 * channels], 0, size);
                    }
                }
                fft.forward();
                for (int lane = 0; lane < count; lane++) {
                    fft.storeSpectrum(lane, toRe[first + lane], toIm[first + lane]);
                }
            }
        }

        private static void silence(double[][] re, double[][] im) {
            for (int i = 0; i < re.length; i++) {
                Arrays.fill(re[i], 0);
                Arrays.fill(im[i], 0);
            }
        }

        private void multiply(int count, int from, int to) {
            int pair = 0;
            for (int i = 0; i < 2 * channels; i++) {
                for (int j = i < channels ? i : 0; j < channels; j++, pair++) {
                    int whole = 2 * channels + j;
                    for (int b = 0; b < count; b += 2) {
                        ComplexVectors.addConjugateProducts(
                                spectrumRe[b][i],
                                spectrumIm[b][i],
                                spectrumRe[b][whole],
                                spectrumIm[b][whole],
                                spectrumRe[b + 1][i],
                                spectrumIm[b + 1][i],
                                spectrumRe[b + 1][whole],
                                spectrumIm[b + 1][whole],
                                re[pair],
                                im[pair],
                                from,
                                to);
                    }
                }
            }
        }
    }
}
