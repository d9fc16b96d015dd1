package io.stemline.separation.streaming;

/** Measures a stem while it is written. */
final class StemMeter {

    private final String stem;
    private double peak;
    private double energy;
    private long samples;

    StemMeter(String stem) {
        this.stem = stem;
    }

    void add(float[][] block, int offset, int frames) {
        for (float[] channel : block) {
            float highest = 0;
            double sum = 0;
            for (int n = offset; n < offset + frames; n++) {
                float sample = channel[n];
                highest = Math.max(highest, Math.abs(sample));
                sum += (double) sample * sample;
            }
            peak = Math.max(peak, highest);
            energy += sum;
        }
        samples += (long) frames * block.length;
    }

    double energy() {
        return energy;
    }

    double peak() {
        return peak;
    }

    /**
     * @param factor by which all stems were scaled after they were measured
     */
    StemSummary summary(double energyOfAllStems, long lengthFrames, double factor) {
        return new StemSummary(
                stem,
                lengthFrames,
                20 * Math.log10(factor * peak),
                samples == 0 ? Double.NEGATIVE_INFINITY : 10 * Math.log10(factor * factor * energy / samples),
                energyOfAllStems == 0 ? 0 : energy / energyOfAllStems);
    }
}
