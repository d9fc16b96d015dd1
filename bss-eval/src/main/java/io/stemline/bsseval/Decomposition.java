package io.stemline.bsseval;

import io.stemline.fft.RealFft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Splits the estimates of each window into target, spatial distortion, interference and artifacts, and measures the
 * energies of the parts.
 *
 * <p>A window is cut out and filtered as if there were nothing before and after it, so its projections are L - 1 frames
 * longer than it is. They are computed block by block in the frequency domain (overlap-save) and never kept: a block's
 * energies are added up as soon as its samples are there.
 *
 * <p>Work for S sources, C channels, D = S C, blocks of F frames that yield F - L + 1: D forward and 2 D inverse real
 * transforms (S D + D with all permutations), D D + D C products. For S = 4, C = 2, L = 512, F = 4096 that is 24 transforms
 * and 80 products for 3585 frames, together about 12 Gflop for 240 s at 44.1 kHz.
 *
 * <p>Threads take chunks of blocks of one window. The energies of chunks are added up in order, so that the figures do not
 * depend on the number of threads.
 */
final class Decomposition {
    private static final int CHUNK_BLOCKS = 16;
    private static final int LANES = 4;

    private final Inputs inputs;
    private final List<Window> windows;
    private final DistortionFilters filters;
    private final int channels; // D
    private final int taps;
    private final int size; // F
    private final int advance; // F - L + 1
    private final double[][][] allRe; // [estimate channel][reference channel][bin]
    private final double[][][] allIm;
    private final double[][][] ownRe; // [pair * C + channel of the estimate][channel of the reference][bin]
    private final double[][][] ownIm;
    private final List<Chunk> chunks = new ArrayList<>();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final Object reading = new Object();
    private SlidingReader reader;
    private int next;
    private int done;

    private Decomposition(Inputs inputs, List<Window> windows, DistortionFilters filters) {
        this.inputs = inputs;
        this.windows = windows;
        this.filters = filters;
        this.channels = inputs.sources() * inputs.channels();
        this.taps = filters.onAll()[0][0].length;
        this.size = BlockSizes.forFiltering(taps, windows.getFirst().lengthFrames());
        this.advance = size - taps + 1;
        int bins = RealFft.bins(size);
        boolean single = inputs.sources() == 1;
        this.allRe = new double[single ? 0 : channels][channels][bins];
        this.allIm = new double[single ? 0 : channels][channels][bins];
        int items = filters.pairs().size() * inputs.channels();
        this.ownRe = new double[items][inputs.channels()][bins];
        this.ownIm = new double[items][inputs.channels()][bins];
        for (int w = 0; w < windows.size(); w++) {
            addChunks(w);
        }
    }

    /** The energies of every window and pair, and which windows hold a silent signal. */
    static List<WindowEnergies> measure(
            Inputs inputs, List<Window> windows, DistortionFilters filters, Workers workers, Progress progress) {
        var decomposition = new Decomposition(inputs, windows, filters);
        decomposition.transformFilters();
        workers.inEveryThread(() -> decomposition.work(progress));
        return decomposition.result();
    }

    /** The energies of each pair in a window; {@code silent} if a reference or estimate is silent throughout it. */
    record WindowEnergies(Energies[] ofPairs, boolean silent) {}

    private void addChunks(int window) {
        long blocks = Math.ceilDiv(windows.get(window).lengthFrames() + taps - 1, advance);
        for (long first = 0; first < blocks; first += CHUNK_BLOCKS) {
            chunks.add(new Chunk(
                    window,
                    first == 0,
                    (int) Math.min(CHUNK_BLOCKS, blocks - first),
                    new Energies[filters.pairs().size()],
                    new boolean[2 * inputs.sources()]));
        }
    }

    private void transformFilters() {
        var fft = new RealFft(size, inputs.channels());
        for (int e = 0; e < allRe.length; e++) {
            for (int first = 0; first < channels; first += inputs.channels()) {
                transform(fft, filters.onAll()[e], allRe[e], allIm[e], first);
            }
        }
        for (int item = 0; item < ownRe.length; item++) {
            int pair = item / inputs.channels();
            transform(fft, filters.onOwn()[pair][item % inputs.channels()], ownRe[item], ownIm[item], 0);
        }
    }

    private void transform(RealFft fft, double[][] bank, double[][] re, double[][] im, int first) {
        for (int i = 0; i < fft.lanes(); i++) {
            // The inverse transforms do not divide by their size: the filters do.
            var scaled = Arrays.stream(bank[first + i]).map(tap -> tap / size).toArray();
            fft.load(i, scaled, 0, taps);
        }
        fft.forward();
        for (int i = 0; i < fft.lanes(); i++) {
            fft.storeSpectrum(i, re[first + i], im[first + i]);
        }
    }

    private void work(Progress progress) {
        var blocks = new double[Math.min(CHUNK_BLOCKS, longestChunk())][2 * channels][size];
        var projections = new Projections();
        try {
            for (int index = take(blocks); index >= 0; index = take(blocks)) {
                var chunk = chunks.get(index);
                for (int b = 0; b < chunk.blocks; b++) {
                    Silence.findSound(blocks[b], taps - 1, size, inputs.channels(), chunk.sounding);
                    projections.measure(blocks[b], chunk.energies);
                }
                synchronized (chunks) {
                    progress.at((double) ++done / chunks.size());
                }
            }
        } catch (RuntimeException | Error e) {
            failed.set(true);
            throw e;
        }
    }

    private int longestChunk() {
        return chunks.stream().mapToInt(Chunk::blocks).max().orElse(1);
    }

    private int take(double[][][] blocks) {
        synchronized (reading) {
            if (failed.get() || next == chunks.size()) {
                return -1;
            }
            var chunk = chunks.get(next);
            if (chunk.first) {
                var window = windows.get(chunk.window);
                reader = new SlidingReader(
                        inputs, window.startFrame(), window.startFrame() + window.lengthFrames(), taps - 1, advance);
            }
            for (int b = 0; b < chunk.blocks; b++) {
                reader.next(blocks[b]);
            }
            return next++;
        }
    }

    private List<WindowEnergies> result() {
        var energies = new Energies[windows.size()][filters.pairs().size()];
        var sounding = new boolean[windows.size()][2 * inputs.sources()];
        for (var chunk : chunks) {
            for (int k = 0; k < chunk.energies.length; k++) {
                if (chunk.first) {
                    energies[chunk.window][k] = new Energies();
                }
                energies[chunk.window][k].add(chunk.energies[k]);
            }
            for (int i = 0; i < chunk.sounding.length; i++) {
                sounding[chunk.window][i] |= chunk.sounding[i];
            }
        }
        var result = new ArrayList<WindowEnergies>();
        for (int w = 0; w < windows.size(); w++) {
            boolean silent = false;
            for (boolean s : sounding[w]) {
                silent |= !s;
            }
            result.add(new WindowEnergies(energies[w], silent));
        }
        return result;
    }

    private record Chunk(int window, boolean first, int blocks, Energies[] energies, boolean[] sounding) {
        Chunk {
            Arrays.setAll(energies, k -> new Energies());
        }
    }

    /** One thread's work on one block. */
    private final class Projections {
        private final int bins = RealFft.bins(size);
        private final RealFft fft = new RealFft(size, LANES);
        private final double[][] xr = new double[channels][bins];
        private final double[][] xi = new double[channels][bins];
        private final double[] re = new double[bins];
        private final double[] im = new double[bins];
        private final double[][] onAll = new double[channels][size];
        private final double[] onOwn = new double[size];

        void measure(double[][] block, Energies[] energies) {
            transformReferences(block);
            for (int first = 0; first < allRe.length; first += LANES) {
                int count = Math.min(LANES, allRe.length - first);
                for (int lane = 0; lane < count; lane++) {
                    filter(lane, allRe[first + lane], allIm[first + lane], 0);
                }
                fft.inverse();
                for (int lane = 0; lane < count; lane++) {
                    fft.store(lane, onAll[first + lane]);
                }
            }
            for (int first = 0; first < ownRe.length; first += LANES) {
                int count = Math.min(LANES, ownRe.length - first);
                for (int lane = 0; lane < count; lane++) {
                    filter(lane, ownRe[first + lane], ownIm[first + lane], firstChannelOfReference(first + lane));
                }
                fft.inverse();
                for (int lane = 0; lane < count; lane++) {
                    fft.store(lane, onOwn);
                    addEnergies(first + lane, onOwn, block, energies);
                }
            }
        }

        private void transformReferences(double[][] block) {
            for (int first = 0; first < channels; first += LANES) {
                int count = Math.min(LANES, channels - first);
                for (int lane = 0; lane < count; lane++) {
                    fft.load(lane, block[first + lane], 0, size);
                }
                fft.forward();
                for (int lane = 0; lane < count; lane++) {
                    fft.storeSpectrum(lane, xr[first + lane], xi[first + lane]);
                }
            }
        }

        private int firstChannelOfReference(int item) {
            return filters.pairs().get(item / inputs.channels()).reference() * inputs.channels();
        }

        private void filter(int lane, double[][] hr, double[][] hi, int firstChannel) {
            Arrays.fill(re, 0);
            Arrays.fill(im, 0);
            int even = hr.length & -2;
            for (int i = 0; i < even; i += 2) {
                int c = firstChannel + i;
                ComplexVectors.addProducts(
                        xr[c], xi[c], hr[i], hi[i], xr[c + 1], xi[c + 1], hr[i + 1], hi[i + 1], re, im);
            }
            if (even < hr.length) {
                int c = firstChannel + even;
                ComplexVectors.addProduct(xr[c], xi[c], hr[even], hi[even], re, im);
            }
            fft.loadSpectrum(lane, re, im);
        }

        private void addEnergies(int item, double[] own, double[][] block, Energies[] energies) {
            int pair = item / inputs.channels();
            int c = item % inputs.channels();
            int reference = filters.pairs().get(pair).reference() * inputs.channels() + c;
            int estimate = filters.pairs().get(pair).estimate() * inputs.channels() + c;
            energies[pair].add(
                    block[reference],
                    block[channels + estimate],
                    taps - 1,
                    own,
                    inputs.sources() == 1 ? own : onAll[estimate],
                    taps - 1,
                    advance);
        }
    }
}
