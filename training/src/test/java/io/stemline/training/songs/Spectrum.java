package io.stemline.training.songs;

import org.jtransforms.fft.FloatFFT_1D;

/** Energies of frequency bands, for tests. */
final class Spectrum {
    private final float[] power;
    private final double binHz;

    private Spectrum(float[] power, double binHz) {
        this.power = power;
        this.binHz = binHz;
    }

    static Spectrum of(float[] sound, int from, int length) {
        float[] windowed = new float[length];
        for (int i = 0; i < Math.min(length, sound.length - from); i++) {
            windowed[i] = (float) (sound[from + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / length)));
        }
        new FloatFFT_1D(length).realForward(windowed);
        float[] power = new float[length / 2];
        for (int bin = 1; bin < power.length; bin++) {
            power[bin] = windowed[2 * bin] * windowed[2 * bin] + windowed[2 * bin + 1] * windowed[2 * bin + 1];
        }
        return new Spectrum(power, 44_100.0 / length);
    }

    double energy(double fromHz, double toHz) {
        double energy = 0;
        for (int bin = 1; bin < power.length; bin++) {
            if (bin * binHz >= fromHz && bin * binHz < toHz) {
                energy += power[bin];
            }
        }
        return energy;
    }

    double share(double fromHz, double toHz) {
        return energy(fromHz, toHz) / energy(0, 30_000);
    }

    /** The frequency of the strongest bin of a band. */
    double peakHz(double fromHz, double toHz) {
        int best = 0;
        for (int bin = 1; bin < power.length; bin++) {
            if (bin * binHz >= fromHz && bin * binHz < toHz && power[bin] > power[best]) {
                best = bin;
            }
        }
        return best * binHz;
    }
}
