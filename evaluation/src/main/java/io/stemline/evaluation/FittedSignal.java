package io.stemline.evaluation;

import io.stemline.bsseval.Signal;
import java.util.Arrays;

/** A signal cut or padded with silence to another length. */
record FittedSignal(Signal signal, long lengthFrames) implements Signal {

    @Override
    public int channels() {
        return signal.channels();
    }

    @Override
    public String name() {
        return signal.name();
    }

    @Override
    public void read(long startFrame, double[][] block, int frames) {
        int present = (int) Math.clamp(signal.lengthFrames() - startFrame, 0, frames);
        if (present > 0) {
            signal.read(startFrame, block, present);
        }
        for (int c = 0; c < channels(); c++) {
            Arrays.fill(block[c], present, frames, 0);
        }
    }
}
