package io.stemline.training.reporting;

/**
 * An exponential moving mean that counts from the first value on as if there had been none before (Kingma and Ba, "Adam",
 * 2015, section 3). Values that are no numbers are shown, but not remembered.
 */
final class Smoothed {

    private static final double KEEP = 0.98;

    private double sum;
    private double weight;
    private double last = Double.NaN;

    void add(double value) {
        last = value;
        if (Double.isFinite(value)) {
            sum = KEEP * sum + (1 - KEEP) * value;
            weight = KEEP * weight + (1 - KEEP);
        }
    }

    double value() {
        return Double.isFinite(last) ? sum / weight : last;
    }
}
