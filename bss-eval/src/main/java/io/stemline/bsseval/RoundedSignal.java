package io.stemline.bsseval;

import java.util.Objects;

/** A signal as a linear PCM file of the given resolution holds it. */
final class RoundedSignal implements Signal {
    private final Signal signal;
    private final double scale;

    RoundedSignal(Signal signal, int bits) {
        this.signal = Objects.requireNonNull(signal, "signal");
        if (bits < 2 || bits > 32) {
            throw new ScoringException("A signal can be rounded to 2 to 32 bits, not to %d.".formatted(bits));
        }
        this.scale = Math.scalb(1.0, bits - 1);
    }

    @Override
    public int channels() {
        return signal.channels();
    }

    @Override
    public long lengthFrames() {
        return signal.lengthFrames();
    }

    @Override
    public String name() {
        return signal.name();
    }

    @Override
    public void read(long startFrame, double[][] block, int frames) {
        signal.read(startFrame, block, frames);
        for (int c = 0; c < channels(); c++) {
            var samples = block[c];
            for (int n = 0; n < frames; n++) {
                // rint keeps NaN, which the input checks then report.
                samples[n] = Math.min(Math.max(Math.rint(samples[n] * scale), -scale), scale - 1) / scale;
            }
        }
    }
}
