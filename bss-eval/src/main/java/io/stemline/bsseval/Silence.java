package io.stemline.bsseval;

/** BSS Eval's notion of silence: the channels of a signal add up to zero in every frame. */
final class Silence {
    private Silence() {}

    /** Sets {@code sounding[signal]} for signals that sound somewhere in the frames of {@code block}, [channel of all signals][frame]. */
    static void findSound(double[][] block, int from, int to, int channels, boolean[] sounding) {
        for (int signal = 0; signal < sounding.length; signal++) {
            sounding[signal] = sounding[signal] || sounds(block, signal * channels, channels, from, to);
        }
    }

    private static boolean sounds(double[][] block, int firstChannel, int channels, int from, int to) {
        for (int n = from; n < to; n++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += block[firstChannel + c][n];
            }
            if (sum != 0) {
                return true;
            }
        }
        return false;
    }
}
