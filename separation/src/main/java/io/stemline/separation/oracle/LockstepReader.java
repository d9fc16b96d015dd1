package io.stemline.separation.oracle;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import io.stemline.separation.SeparationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads all sources and the mixture side by side, half a window at a time, and shows the window that ends there. What is
 * shorter than the longest goes on in silence. Where there is no mixture, it is the sum of the sources.
 */
final class LockstepReader implements AutoCloseable {

    private final List<AudioSource> open = new ArrayList<>();
    private final AudioFormat format;
    private final int hop;
    private final boolean summed;

    /** {@code [signal][channel][2 * hop]}; the mixture comes last. */
    private final float[][][] windows;

    private long lengthFrames;
    private boolean ended;

    LockstepReader(List<OracleSource> sources, Optional<OracleSource> mixture, int hop) {
        this.hop = hop;
        this.summed = mixture.isEmpty();
        var titles = new ArrayList<String>();
        try {
            for (var source : sources) {
                add(source, titles);
            }
            mixture.ifPresent(signal -> add(signal, titles));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        this.format = open.getFirst().format();
        this.windows = new float[sources.size() + 1][format.channels()][2 * hop];
    }

    private void add(OracleSource source, List<String> titles) {
        var signal = source.opening().get();
        open.add(signal);
        titles.add(source.title());
        var expected = open.getFirst().format();
        if (!signal.format().equals(expected)) {
            throw new SeparationException("%s: %s, but %s has %s; convert one of them"
                    .formatted(source.title(), said(signal.format()), titles.getFirst(), said(expected)));
        }
    }

    private static String said(AudioFormat format) {
        return format.sampleRateHz() + " Hz and " + format.channels()
                + (format.channels() == 1 ? " channel" : " channels");
    }

    AudioFormat format() {
        return format;
    }

    /** Length of the longest signal; final once {@link #ended}. */
    long lengthFrames() {
        return lengthFrames;
    }

    /** Whether there is no more of any signal. */
    boolean ended() {
        return ended;
    }

    /** The window of a source, {@code [channel][sample]}. */
    float[][] source(int index) {
        return windows[index];
    }

    /** The window of the mixture, {@code [channel][sample]}. */
    float[][] mixture() {
        return windows[windows.length - 1];
    }

    /** Moves on by half a window. */
    void advance() {
        int most = 0;
        for (int index = 0; index < open.size(); index++) {
            float[][] window = windows[index];
            for (float[] channel : window) {
                System.arraycopy(channel, hop, channel, 0, hop);
                Arrays.fill(channel, hop, 2 * hop, 0);
            }
            most = Math.max(most, open.get(index).read(window, hop, hop));
        }
        lengthFrames += Math.max(0, most);
        ended = most < hop;
        if (summed) {
            sum();
        }
    }

    private void sum() {
        for (int channel = 0; channel < format.channels(); channel++) {
            float[] sum = mixture()[channel];
            Arrays.fill(sum, 0);
            for (int index = 0; index < open.size(); index++) {
                for (int n = 0; n < 2 * hop; n++) {
                    sum[n] += windows[index][channel][n];
                }
            }
        }
    }

    @Override
    public void close() {
        open.forEach(AudioSource::close);
    }
}
