package io.stemline.separation.oracle;

import io.stemline.audio.spectrum.Stft;

/**
 * The spectra of one frame of all sources and of the mixture.
 *
 * @param sourcesRe real parts of the true sources, {@code [source][channel][bin]}
 * @param sourcesIm imaginary parts of the true sources
 * @param mixtureRe real parts of the mixture, {@code [channel][bin]}
 * @param mixtureIm imaginary parts of the mixture
 */
record OracleFrame(float[][][] sourcesRe, float[][][] sourcesIm, float[][] mixtureRe, float[][] mixtureIm) {

    static OracleFrame of(int sources, int channels, int bins) {
        return new OracleFrame(
                new float[sources][channels][bins],
                new float[sources][channels][bins],
                new float[channels][bins],
                new float[channels][bins]);
    }

    int sources() {
        return sourcesRe.length;
    }

    int channels() {
        return mixtureRe.length;
    }

    int bins() {
        return mixtureRe[0].length;
    }

    /** Takes over what a window of all signals shows. */
    void analyse(Stft stft, LockstepReader reader) {
        for (int source = 0; source < sources(); source++) {
            for (int channel = 0; channel < channels(); channel++) {
                stft.forwardFrame(
                        reader.source(source)[channel], 0, sourcesRe[source][channel], sourcesIm[source][channel]);
            }
        }
        for (int channel = 0; channel < channels(); channel++) {
            stft.forwardFrame(reader.mixture()[channel], 0, mixtureRe[channel], mixtureIm[channel]);
        }
    }

    /** Takes over what a frame of all signals shows, {@code [source][channel][sample]}, from a sample on. */
    void analyse(Stft stft, float[][][] sources, float[][] mixture, int start) {
        for (int source = 0; source < sources(); source++) {
            for (int channel = 0; channel < channels(); channel++) {
                stft.forwardFrame(
                        sources[source][channel], start, sourcesRe[source][channel], sourcesIm[source][channel]);
            }
        }
        for (int channel = 0; channel < channels(); channel++) {
            stft.forwardFrame(mixture[channel], start, mixtureRe[channel], mixtureIm[channel]);
        }
    }
}
