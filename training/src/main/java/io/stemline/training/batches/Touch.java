package io.stemline.training.batches;

/**
 * What is done to a stem after it was played: filters, then level, width and sides at once.
 *
 * @param same factor of a side in itself
 * @param across factor of a side in the other
 */
record Touch(float same, float across) {

    /** Nothing. */
    static final Touch NONE = new Touch(1, 0);

    static Touch of(double levelDb, double sideGain, boolean swapped) {
        double gain = StrictMath.pow(10, levelDb / 20);
        float straight = (float) (gain * (1 + sideGain) / 2);
        float crossed = (float) (gain * (1 - sideGain) / 2);
        return swapped ? new Touch(crossed, straight) : new Touch(straight, crossed);
    }

    void apply(float[][] from, int offset, float[] to, int at, int frames) {
        if (from.length == 1) {
            scale(from[0], offset, same + across, to, at, frames);
        } else if (across == 0) {
            scale(from[0], offset, same, to, at, frames);
            scale(from[1], offset, same, to, at + frames, frames);
        } else {
            combine(from[0], from[1], offset, to, at, frames);
            combine(from[1], from[0], offset, to, at + frames, frames);
        }
    }

    private static void scale(float[] from, int offset, float gain, float[] to, int at, int frames) {
        for (int i = 0; i < frames; i++) {
            to[at + i] = gain * from[offset + i];
        }
    }

    private void combine(float[] own, float[] other, int offset, float[] to, int at, int frames) {
        for (int i = 0; i < frames; i++) {
            to[at + i] = same * own[offset + i] + across * other[offset + i];
        }
    }
}
