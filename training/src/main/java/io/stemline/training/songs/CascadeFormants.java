package io.stemline.training.songs;

/**
 * Formants one after the other, which gives them their levels as a throat does, and lets the fundamental through whole. So that
 * few formants do, each is followed by two broad zeros where it stands in a throat at rest: far above, poles and zeros cancel, as
 * the formants of a real throat, which go on without end, carry each other.
 */
final class CascadeFormants implements Formants {
    private static final double[] BANDWIDTHS_HZ = {65, 85, 130, 190, 260, 400};

    /** Twice the distance between a throat's formants by pi: at this width the zeros bring its curve back to level. */
    private static final double ZERO_WIDTH_HZ = 640;

    private static final double OUTPUT = 0.3;

    private final double width;
    private final Resonator[] formants = new Resonator[Articulation.FORMANTS];

    CascadeFormants(Part.Throat throat) {
        width = throat.width();
        for (int i = 0; i < formants.length; i++) {
            formants[i] = new Resonator((500 + 1000 * i) * throat.scale(), ZERO_WIDTH_HZ * throat.scale());
        }
    }

    @Override
    public void filter(double[] block, Articulation articulation, int hop) {
        double open = 50 * Math.max(0, articulation.shape[hop] - 0.8);
        for (int i = 0; i < formants.length; i++) {
            double hertz = articulation.formantHz[i][hop];
            formants[i].tune(hertz, BANDWIDTHS_HZ[i] * width + (i == 0 ? open : 0) + 0.02 * hertz);
            formants[i].filter(block, block.length);
        }
        for (int i = 0; i < block.length; i++) {
            block[i] *= OUTPUT;
        }
    }

    @Override
    public void stop() {
        for (Resonator formant : formants) {
            formant.stop();
        }
    }
}
