package io.stemline.bsseval;

import java.util.List;

/**
 * A multichannel signal that is read block by block, so that scoring needs memory for a few blocks only.
 *
 * <p>Scoring goes over its signals in passes, each from some frame upwards. Version 4 makes two passes over the whole signal,
 * and returns to the start of the next window where windows overlap; version 3 makes passes over several windows side by
 * side. Only one thread reads at a time. A signal that is slow at going back should be kept in memory or decoded to a file.
 */
public interface Signal {

    /** Number of channels, at least 1. */
    int channels();

    /** Number of samples of each channel. */
    long lengthFrames();

    /**
     * Writes the frames {@code startFrame} to {@code startFrame + frames - 1} to the beginning of {@code block}.
     *
     * @param startFrame first frame to read, with {@code startFrame + frames <= lengthFrames()}
     * @param block destination, [channel][frame]
     * @param frames number of frames to read
     */
    void read(long startFrame, double[][] block, int frames);

    /** What messages call this signal, for instance "vocals"; empty if it has no name. */
    default String name() {
        return "";
    }

    /** This signal under a name that messages mention. */
    default Signal named(String name) {
        return new NamedSignal(this, name);
    }

    /**
     * This signal as a 16 bit file holds it: samples rounded to multiples of 1/32768 and limited to the range of 16 bit.
     * Tools that read their stems from 16 bit files score these samples.
     */
    default Signal roundedTo16Bit() {
        return roundedTo(16);
    }

    /** This signal with samples rounded to multiples of 2<sup>1-bits</sup>, limited to the range of such a file. */
    default Signal roundedTo(int bits) {
        return new RoundedSignal(this, bits);
    }

    /** A signal over the given arrays, [channel][frame], which are not copied. */
    static Signal of(double[]... channels) {
        return new DoubleArraySignal(channels);
    }

    /** A signal over the given arrays, [channel][frame], which are not copied. */
    static Signal of(float[]... channels) {
        return new FloatArraySignal(channels);
    }

    /** The sample by sample sum of signals of the same shape, for instance the accompaniment of drums, bass and other. */
    static Signal sumOf(List<? extends Signal> signals) {
        return new SumSignal(List.copyOf(signals));
    }

    /** See {@link #sumOf(List)}. */
    static Signal sumOf(Signal... signals) {
        return sumOf(List.of(signals));
    }
}
