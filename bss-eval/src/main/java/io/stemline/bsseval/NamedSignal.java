package io.stemline.bsseval;

import java.util.Objects;

/** A signal under another name. */
record NamedSignal(Signal signal, String name) implements Signal {
    NamedSignal {
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(name, "name");
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
    public void read(long startFrame, double[][] block, int frames) {
        signal.read(startFrame, block, frames);
    }
}
