package io.stemline.bsseval;

/**
 * Inner products of shifted signals: all that the filters depend on.
 *
 * @param references {@code [i][j][lag]}: sum over n of x_i[n] x_j[n + lag], for reference channels i, j
 * @param estimates {@code [e][i][lag]}: sum over n of y_e[n] x_i[n - lag], for estimate channel e and reference channel i
 * @param silent whether the channels of a signal add up to zero in every frame: references first, then estimates
 * @param lengthFrames number of frames that were summed over
 * @param rounding bound on the error of an inner product, relative to the geometric mean of the energies of both signals
 */
record Correlations(
        double[][][] references, double[][][] estimates, boolean[] silent, long lengthFrames, double rounding) {

    int lags() {
        return references[0][0].length;
    }

    int channels() {
        return references.length;
    }

    boolean anySilent() {
        for (boolean s : silent) {
            if (s) {
                return true;
            }
        }
        return false;
    }
}
