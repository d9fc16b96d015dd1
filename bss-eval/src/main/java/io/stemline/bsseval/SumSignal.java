package io.stemline.bsseval;

import java.util.List;

/** The sum of signals of one shape. */
final class SumSignal implements Signal {
    private final List<Signal> signals;
    private double[][] addend = new double[0][0];

    SumSignal(List<Signal> signals) {
        this.signals = signals;
        if (signals.isEmpty()) {
            throw new ScoringException("A sum needs at least one signal.");
        }
        var first = signals.getFirst();
        for (var signal : signals) {
            if (signal.channels() != first.channels() || signal.lengthFrames() != first.lengthFrames()) {
                throw new ScoringException("Signals of different shapes cannot be added: %s and %s."
                        .formatted(Inputs.shape(first), Inputs.shape(signal)));
            }
        }
    }

    @Override
    public int channels() {
        return signals.getFirst().channels();
    }

    @Override
    public long lengthFrames() {
        return signals.getFirst().lengthFrames();
    }

    @Override
    public void read(long startFrame, double[][] block, int frames) {
        signals.getFirst().read(startFrame, block, frames);
        if (addend.length == 0 || addend[0].length < frames) {
            addend = new double[channels()][frames];
        }
        for (var signal : signals.subList(1, signals.size())) {
            signal.read(startFrame, addend, frames);
            for (int c = 0; c < addend.length; c++) {
                for (int n = 0; n < frames; n++) {
                    block[c][n] += addend[c][n];
                }
            }
        }
    }
}
