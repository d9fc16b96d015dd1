package io.stemline.separation.oracle;

/** Masks of each channel for itself. */
final class IdealMask implements OracleFilter {

    private static final double EPS = Math.ulp(1.0);
    private static final double THRESHOLD = 0.5;

    /** The mask of one source in one bin and channel. */
    @FunctionalInterface
    interface Rule {

        /**
         * The mask.
         *
         * @param source magnitude of the source
         * @param allSources sum of the sources' magnitudes, raised to the rule's power
         * @param mixture magnitude of the mixture
         */
        double mask(double source, double allSources, double mixture);
    }

    private final int power;
    private final Rule rule;

    private IdealMask(int power, Rule rule) {
        this.power = power;
        this.rule = rule;
    }

    static IdealMask binary() {
        return new IdealMask(1, (source, all, mixture) -> source / (EPS + mixture) >= THRESHOLD ? 1 : 0);
    }

    static IdealMask ratio(int power) {
        return new IdealMask(power, (source, all, mixture) -> (power == 1 ? source : source * source) / (EPS + all));
    }

    @Override
    public void apply(OracleFrame frame, float[][][] re, float[][][] im) {
        for (int channel = 0; channel < frame.channels(); channel++) {
            for (int bin = 0; bin < frame.bins(); bin++) {
                apply(frame, channel, bin, re, im);
            }
        }
    }

    private void apply(OracleFrame frame, int channel, int bin, float[][][] re, float[][][] im) {
        float mixtureRe = frame.mixtureRe()[channel][bin];
        float mixtureIm = frame.mixtureIm()[channel][bin];
        double mixture = magnitude(mixtureRe, mixtureIm);
        double all = 0;
        for (int source = 0; source < frame.sources(); source++) {
            double magnitude = magnitude(frame, source, channel, bin);
            all += power == 1 ? magnitude : magnitude * magnitude;
        }
        for (int source = 0; source < frame.sources(); source++) {
            double mask = rule.mask(magnitude(frame, source, channel, bin), all, mixture);
            re[source][channel][bin] = (float) (mask * mixtureRe);
            im[source][channel][bin] = (float) (mask * mixtureIm);
        }
    }

    private static double magnitude(OracleFrame frame, int source, int channel, int bin) {
        return magnitude(frame.sourcesRe()[source][channel][bin], frame.sourcesIm()[source][channel][bin]);
    }

    private static double magnitude(double re, double im) {
        return Math.sqrt(re * re + im * im);
    }
}
