package io.stemline.bsseval;

import io.stemline.fft.RealFft;

/**
 * A symmetric block-Toeplitz matrix: block (s, t) depends on t - s only. Row and column (t, i) are numbered t * order + i.
 *
 * @param order rows of a block, p
 * @param blocks number of block rows, m
 * @param firstRows the first block row, [order][blocks * order]
 */
record BlockToeplitz(int order, int blocks, double[][] firstRows) {

    int size() {
        return order * blocks;
    }

    /** The same matrix with {@code addend[i]} added to every diagonal element of channel i. */
    BlockToeplitz plusDiagonal(double[] addend) {
        var rows = new double[order][];
        for (int i = 0; i < order; i++) {
            rows[i] = firstRows[i].clone();
            rows[i][i] += addend[i];
        }
        return new BlockToeplitz(order, blocks, rows);
    }

    /** Prepares products with vectors, which are convolutions. */
    Product product() {
        return new Product(this);
    }

    /** The matrix in the frequency domain: it acts on a vector as a bank of order x order filters on its channels. */
    static final class Product {
        private final int order;
        private final int blocks;
        private final int bins;
        private final RealFft fft;
        private final double[][][] re; // [row channel][column channel][bin]
        private final double[][][] im;

        private Product(BlockToeplitz matrix) {
            this.order = matrix.order;
            this.blocks = matrix.blocks;
            int size = Math.max(RealFft.SMALLEST, Integer.highestOneBit(4 * blocks - 1));
            this.bins = RealFft.bins(size);
            this.fft = new RealFft(size, order);
            this.re = new double[order][order][bins];
            this.im = new double[order][order][bins];
            var kernel = new double[size];
            for (int i = 0; i < order; i++) {
                for (int j = 0; j < order; j++) {
                    for (int lag = 0; lag < blocks; lag++) {
                        kernel[(size - lag) % size] = matrix.firstRows[i][lag * order + j];
                        kernel[lag] = matrix.firstRows[j][lag * order + i];
                    }
                    fft.load(j, kernel, 0, size);
                }
                fft.forward();
                for (int j = 0; j < order; j++) {
                    fft.storeSpectrum(j, re[i][j], im[i][j]);
                }
            }
        }

        /** The matrix times x, both of length order * blocks. */
        double[] times(double[] x) {
            var channel = new double[blocks];
            var xr = new double[order][bins];
            var xi = new double[order][bins];
            for (int i = 0; i < order; i++) {
                for (int t = 0; t < blocks; t++) {
                    channel[t] = x[t * order + i];
                }
                fft.load(i, channel, 0, blocks);
            }
            fft.forward();
            for (int i = 0; i < order; i++) {
                fft.storeSpectrum(i, xr[i], xi[i]);
            }
            for (int i = 0; i < order; i++) {
                var yr = new double[bins];
                var yi = new double[bins];
                for (int j = 0; j < order; j++) {
                    ComplexVectors.addProduct(xr[j], xi[j], re[i][j], im[i][j], yr, yi);
                }
                fft.loadSpectrum(i, yr, yi);
            }
            fft.inverse();
            var y = new double[x.length];
            for (int i = 0; i < order; i++) {
                fft.store(i, channel);
                for (int t = 0; t < blocks; t++) {
                    y[t * order + i] = channel[t] / fft.size();
                }
            }
            return y;
        }
    }
}
