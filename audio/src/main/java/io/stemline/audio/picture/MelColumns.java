package io.stemline.audio.picture;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.spectrum.MelFilterBank;
import io.stemline.audio.spectrum.MelScale;
import io.stemline.audio.spectrum.Stft;
import io.stemline.audio.spectrum.StftSettings;
import java.util.Arrays;

/**
 * Mel power spectra of a signal in columns of equally many frames, {@code [column][band]}; the power is the mean over the
 * channels, so that nothing cancels out.
 *
 * <p>Spectrum {@code i} is that of the window around sample {@code (i + 1/2) hop}. In the beginning there is a spectrum a
 * column, a 32nd of a window after the one before, which shows sounds of a fraction of a second smoothly. When there are
 * more than twice as many columns as wanted, they are folded in pairs, and the hop doubles, up to half a window; from then
 * on a column is the mean of several spectra.
 */
final class MelColumns {

    private static final int OVERLAP_AT_FIRST = 32;
    private static final int OVERLAP_AT_LAST = 2;
    private static final int LEAST_WINDOW = 512;
    private static final int GREATEST_WINDOW = 1 << 18;
    private static final double WINDOW_SECONDS = 0.04;

    private final AudioFormat format;
    private final int bands;
    private final int capacity;
    private final int windowLength;
    private final Stft stft;
    private final MelFilterBank bank;
    private final float[] re;
    private final float[] im;
    private final float[] power;
    private final float[] mel;
    private final float[][] sums;
    private final float[][] pending;
    private long pendingStart;
    private int pendingFrames;
    private int hop;
    private int spectraPerColumn = 1;
    private long spectra;
    private long lengthFrames;

    MelColumns(AudioFormat format, int wantedColumns, int bands) {
        this.format = format;
        this.bands = bands;
        this.capacity = 2 * wantedColumns;
        this.windowLength = windowLength(format.sampleRateHz());
        this.stft = new Stft(StftSettings.of(windowLength, windowLength / OVERLAP_AT_LAST));
        this.bank = MelFilterBank.slaney(format.sampleRateHz(), windowLength, bands);
        this.re = new float[stft.bins()];
        this.im = new float[stft.bins()];
        this.power = new float[stft.bins()];
        this.mel = new float[bands];
        this.sums = new float[capacity][bands];
        this.pending = new float[format.channels()][4 * windowLength];
        this.pendingStart = -windowLength / 2;
        this.pendingFrames = windowLength / 2;
        this.hop = windowLength / OVERLAP_AT_FIRST;
    }

    /** 40 ms or a little more, as a power of two. */
    static int windowLength(int sampleRateHz) {
        int length = LEAST_WINDOW;
        while (length < WINDOW_SECONDS * sampleRateHz && length < GREATEST_WINDOW) {
            length *= 2;
        }
        return length;
    }

    static MelScale scale() {
        return MelScale.slaney();
    }

    long lengthFrames() {
        return lengthFrames;
    }

    void add(float[][] block, int offset, int frames) {
        lengthFrames += frames;
        append(block, offset, frames);
    }

    /**
     * The columns as they are if nothing follows; columns go on to be added to afterwards.
     *
     * @param power mean power, {@code [column][band]}
     * @param framesPerColumn how many frames a column stands for; the last may reach beyond the end
     */
    record Snapshot(float[][] power, double framesPerColumn) {}

    Snapshot snapshot() {
        var whole = copy();
        whole.append(new float[format.channels()][windowLength], 0, windowLength);
        int columns = Math.toIntExact(Math.ceilDiv(whole.spectra, whole.spectraPerColumn));
        for (int column = 0; column < columns; column++) {
            long inColumn = Math.min(whole.spectraPerColumn, whole.spectra - (long) column * whole.spectraPerColumn);
            for (int band = 0; band < bands; band++) {
                whole.sums[column][band] /= inColumn;
            }
        }
        return new Snapshot(Arrays.copyOf(whole.sums, columns), (double) whole.hop * whole.spectraPerColumn);
    }

    private MelColumns copy() {
        var copy = new MelColumns(format, capacity / 2, bands);
        for (int column = 0; column < capacity; column++) {
            System.arraycopy(sums[column], 0, copy.sums[column], 0, bands);
        }
        for (int channel = 0; channel < pending.length; channel++) {
            System.arraycopy(pending[channel], 0, copy.pending[channel], 0, pendingFrames);
        }
        copy.pendingStart = pendingStart;
        copy.pendingFrames = pendingFrames;
        copy.hop = hop;
        copy.spectraPerColumn = spectraPerColumn;
        copy.spectra = spectra;
        copy.lengthFrames = lengthFrames;
        return copy;
    }

    private void append(float[][] block, int offset, int frames) {
        int done = 0;
        while (done < frames) {
            int taken = Math.min(frames - done, pending[0].length - pendingFrames);
            for (int channel = 0; channel < pending.length; channel++) {
                copyFinite(block[channel], offset + done, pending[channel], pendingFrames, taken);
            }
            pendingFrames += taken;
            done += taken;
            analysePending();
        }
    }

    private static void copyFinite(float[] from, int fromIndex, float[] to, int toIndex, int count) {
        for (int n = 0; n < count; n++) {
            float sample = from[fromIndex + n];
            to[toIndex + n] = Float.isFinite(sample) ? sample : 0;
        }
    }

    private void analysePending() {
        while (nextStart() + windowLength <= pendingStart + pendingFrames && isInside(nextCentre())) {
            if (spectra == (long) capacity * spectraPerColumn) {
                fold();
            } else {
                analyse((int) (nextStart() - pendingStart));
            }
        }
        int used = (int) Math.min(pendingFrames, Math.max(0, nextStart() - pendingStart));
        for (float[] channel : pending) {
            System.arraycopy(channel, used, channel, 0, pendingFrames - used);
        }
        pendingStart += used;
        pendingFrames -= used;
    }

    private long nextCentre() {
        return spectra * hop + hop / 2;
    }

    private long nextStart() {
        return nextCentre() - windowLength / 2;
    }

    /** The zeros behind the end are there for the windows that reach over it, not for more windows; one there must be. */
    private boolean isInside(long centre) {
        return centre < lengthFrames || spectra == 0 && lengthFrames > 0;
    }

    private void analyse(int position) {
        Arrays.fill(power, 0);
        float share = 1f / pending.length;
        for (float[] channel : pending) {
            stft.forwardFrame(channel, position, re, im);
            for (int bin = 0; bin < power.length; bin++) {
                power[bin] += share * (re[bin] * re[bin] + im[bin] * im[bin]);
            }
        }
        bank.apply(power, mel);
        float[] sum = sums[(int) (spectra / spectraPerColumn)];
        for (int band = 0; band < bands; band++) {
            sum[band] += mel[band];
        }
        spectra++;
    }

    private void fold() {
        boolean hopDoubles = hop < windowLength / OVERLAP_AT_LAST;
        float weight = hopDoubles ? 0.5f : 1;
        for (int column = 0; column < capacity / 2; column++) {
            for (int band = 0; band < bands; band++) {
                sums[column][band] = weight * (sums[2 * column][band] + sums[2 * column + 1][band]);
            }
        }
        for (int column = capacity / 2; column < capacity; column++) {
            Arrays.fill(sums[column], 0);
        }
        if (hopDoubles) {
            hop *= 2;
            spectra /= 2;
        } else {
            spectraPerColumn *= 2;
        }
    }
}
