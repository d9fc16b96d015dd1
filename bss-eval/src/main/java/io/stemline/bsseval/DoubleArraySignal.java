package io.stemline.bsseval;

/** Samples in memory, [channel][frame]. */
final class DoubleArraySignal implements Signal {
    private final double[][] samples;

    DoubleArraySignal(double[]... channels) {
        samples = channels.clone();
        for (int c = 0; c < samples.length; c++) {
            Inputs.checkChannel(c, samples[c].length, samples[0].length);
        }
    }

    @Override
    public int channels() {
        return samples.length;
    }

    @Override
    public long lengthFrames() {
        return samples.length == 0 ? 0 : samples[0].length;
    }

    @Override
    public void read(long startFrame, double[][] block, int frames) {
        for (int c = 0; c < samples.length; c++) {
            System.arraycopy(samples[c], Math.toIntExact(startFrame), block[c], 0, frames);
        }
    }
}
