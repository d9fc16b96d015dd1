package io.stemline.separation.blind;

/** What the methods have in common that take what repeats for the accompaniment and the rest for the voice. */
final class Repetition {

    /** Nobody sings below; nussl and the authors of REPET leave what is there to the accompaniment. */
    static final double LOWEST_VOICE_HZ = 100;

    private static final float EPSILON = 1e-16f;

    private Repetition() {}

    /**
     * Turns the model of what repeats into the voice's share: 1 - min(model, mixture) / mixture.
     *
     * @param mask the magnitudes of what repeats; receives the share
     * @param lowestBin below, nothing is the voice's
     */
    static void toVoice(float[] mixture, float[] mask, int frames, int bins, int lowestBin) {
        for (int frame = 0; frame < frames; frame++) {
            for (int bin = 0; bin < bins; bin++) {
                int at = frame * bins + bin;
                float repeating = Math.min(mask[at], mixture[at]);
                float share = (repeating + EPSILON) / (mixture[at] + EPSILON);
                mask[at] = bin < lowestBin ? 0 : Math.max(0, 1 - share);
            }
        }
    }
}
