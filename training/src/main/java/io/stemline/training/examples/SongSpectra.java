package io.stemline.training.examples;

import io.stemline.audio.spectrum.Spectrogram;
import io.stemline.audio.spectrum.Stft;
import io.stemline.training.songs.Song;
import io.stemline.training.songs.Stem;

/**
 * The spectra of a song's stems, transformed once and mixed many times: the transform is linear, so gains, equalisers and
 * sums can be applied to spectra.
 */
public final class SongSpectra {
    private final int frames;
    private final int bins;
    private final float[][][] values;
    private final float[][] energies;

    private SongSpectra(int frames, int bins, float[][][] values, float[][] energies) {
        this.frames = frames;
        this.bins = bins;
        this.values = values;
        this.energies = energies;
    }

    static SongSpectra of(Song song, SpectrumSettings settings) {
        Stft stft = new Stft(settings.stft());
        int stems = Stem.values().length;
        int frames = stft.frames(song.lengthFrames());
        float[][][] values = new float[stems][2][];
        float[][] energies = new float[stems][frames];
        for (Stem stem : Stem.values()) {
            for (int channel = 0; channel < 2; channel++) {
                Spectrogram spectrogram = stft.forward(song.stems().get(stem)[channel]);
                values[stem.ordinal()][channel] = interleaved(spectrogram, settings.bins(), energies[stem.ordinal()]);
            }
        }
        return new SongSpectra(frames, settings.bins(), values, energies);
    }

    private static float[] interleaved(Spectrogram spectrogram, int bins, float[] energies) {
        float[] values = new float[spectrogram.frames() * bins * 2];
        int next = 0;
        for (int frame = 0; frame < spectrogram.frames(); frame++) {
            float[] re = spectrogram.re()[frame];
            float[] im = spectrogram.im()[frame];
            float energy = 0;
            for (int bin = 0; bin < bins; bin++) {
                values[next++] = re[bin];
                values[next++] = im[bin];
                energy += re[bin] * re[bin] + im[bin] * im[bin];
            }
            energies[frame] += energy;
        }
        return values;
    }

    int frames() {
        return frames;
    }

    /** Real and imaginary parts in turn, {@code [frame][bin]}, flat. */
    float[] channel(int stem, int channel) {
        return values[stem][channel];
    }

    int offset(int frame) {
        return frame * bins * 2;
    }

    /** Energy of a stretch of a stem, both channels. */
    double energy(int stem, int firstFrame, int length) {
        double sum = 0;
        for (int frame = firstFrame; frame < firstFrame + length; frame++) {
            sum += energies[stem][frame];
        }
        return sum;
    }
}
