package io.stemline.audio.spectrum;

/**
 * The complex spectra of successive frames, {@code [frame][bin]}. The arrays are not copies.
 */
public final class Spectrogram {

    private final float[][] re;
    private final float[][] im;

    /**
     * @param re real parts, {@code [frame][bin]}
     * @param im imaginary parts, {@code [frame][bin]}
     */
    public Spectrogram(float[][] re, float[][] im) {
        if (re.length != im.length) {
            throw new IllegalArgumentException(
                    re.length + " frames of real parts, " + im.length + " of imaginary parts");
        }
        this.re = re;
        this.im = im;
    }

    public int frames() {
        return re.length;
    }

    public int bins() {
        return re.length == 0 ? 0 : re[0].length;
    }

    /** Real parts, {@code [frame][bin]}. */
    public float[][] re() {
        return re;
    }

    /** Imaginary parts, {@code [frame][bin]}. */
    public float[][] im() {
        return im;
    }

    /** Absolute values, {@code [frame][bin]}, newly computed. */
    public float[][] magnitudes() {
        float[][] magnitudes = new float[frames()][bins()];
        for (int frame = 0; frame < magnitudes.length; frame++) {
            magnitudesOf(frame, magnitudes[frame]);
        }
        return magnitudes;
    }

    /** Absolute values of one frame, written to {@code magnitudes[0 .. bins - 1]}. */
    public void magnitudesOf(int frame, float[] magnitudes) {
        float[] frameRe = re[frame];
        float[] frameIm = im[frame];
        for (int bin = 0; bin < frameRe.length; bin++) {
            magnitudes[bin] = (float) Math.sqrt(frameRe[bin] * frameRe[bin] + frameIm[bin] * frameIm[bin]);
        }
    }
}
