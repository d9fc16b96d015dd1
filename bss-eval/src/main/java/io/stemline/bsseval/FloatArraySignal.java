package io.stemline.bsseval;

/** Samples in memory, [channel][frame]. */
final class FloatArraySignal implements Signal {
    private final float[][] samples;

    FloatArraySignal(float[]... channels) {
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
        int start = Math.toIntExact(startFrame);
        for (int c = 0; c < samples.length; c++) {
            for (int n = 0; n < frames; n++) {
                block[c][n] = samples[c][start + n];
            }
        }
    }
}
