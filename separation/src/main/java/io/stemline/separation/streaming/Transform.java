package io.stemline.separation.streaming;

import io.stemline.audio.spectrum.Stft;
import io.stemline.audio.spectrum.StftSettings;
import io.stemline.audio.spectrum.WindowFunction;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.StftLayout;
import java.util.Locale;

/** A model's short-time Fourier transform over a stream. */
final class Transform {

    private final StftLayout layout;
    private final StftSettings settings;

    Transform(StftLayout layout) {
        this.layout = layout;
        this.settings = new StftSettings(
                layout.windowLength(),
                layout.hopLength(),
                WindowFunction.valueOf(layout.window().toUpperCase(Locale.ROOT)),
                layout.fftLength(),
                false,
                true);
        if (!settings.invertible()) {
            throw new ModelException("'stft.hopLength' " + layout.hopLength() + " is too long for a " + layout.window()
                    + " window of " + layout.windowLength() + " samples: signals cannot be won back from spectra");
        }
    }

    Stft newStft() {
        return new Stft(settings);
    }

    int windowLength() {
        return layout.windowLength();
    }

    int hopLength() {
        return layout.hopLength();
    }

    /** All bins. */
    int bins() {
        return layout.transformBins();
    }

    /** The lowest bins, which the network sees. */
    int networkBins() {
        return layout.bins();
    }

    /** How far before the track the first frame begins: what the card says, or as many hops as reach into the first sample. */
    int leadSamples() {
        return layout.leadSamples()
                .orElse((Math.ceilDiv(layout.windowLength(), layout.hopLength()) - 1) * layout.hopLength());
    }

    /** What overlap-added frames are multiplied with, from the start of a frame on, {@code [hopLength]}. */
    float[] inverseSummedSquaredWindow() {
        float[] factors = settings.summedSquaredWindow();
        for (int n = 0; n < factors.length; n++) {
            factors[n] = 1 / factors[n];
        }
        return factors;
    }
}
