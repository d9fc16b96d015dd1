package io.stemline.separation.filter;

/**
 * Short-time spectra of the channels of one signal.
 *
 * @param re real parts, {@code [channel][frame * bins + bin]}
 * @param im imaginary parts, likewise
 */
public record Spectra(float[][] re, float[][] im) {

    /** Zeros. */
    public static Spectra zeros(int channels, int frames, int bins) {
        return new Spectra(new float[channels][frames * bins], new float[channels][frames * bins]);
    }

    /** How many channels there are. */
    public int channels() {
        return re.length;
    }
}
