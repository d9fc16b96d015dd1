package io.stemline.separation.blind;

/**
 * The spectrum of a segment of a mixture; all arrays are {@code [channel][frame * bins + bin]}.
 *
 * @param magnitudes absolute values
 * @param re real parts
 * @param im imaginary parts
 * @param frames how many of the first frames are part of the track
 */
record SegmentSpectrum(float[][] magnitudes, float[][] re, float[][] im, int frames, int bins) {

    int channels() {
        return re.length;
    }
}
