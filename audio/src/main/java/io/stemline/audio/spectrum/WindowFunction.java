package io.stemline.audio.spectrum;

/**
 * The weights that a frame of samples is multiplied with before its transform.
 *
 * <p>Windows are periodic: the value that would follow the last equals the first, so that copies shifted by an even
 * fraction of the length add up to a constant.
 */
public enum WindowFunction {
    /** {@code 0.5 - 0.5 cos(2 pi n / N)}. */
    HANN {
        @Override
        double at(double phase) {
            return 0.5 - 0.5 * Math.cos(phase);
        }
    },
    /** {@code 0.54 - 0.46 cos(2 pi n / N)}. */
    HAMMING {
        @Override
        double at(double phase) {
            return 0.54 - 0.46 * Math.cos(phase);
        }
    },
    /** {@code 0.42 - 0.5 cos(2 pi n / N) + 0.08 cos(4 pi n / N)}. */
    BLACKMAN {
        @Override
        double at(double phase) {
            return 0.42 - 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase);
        }
    },
    /** {@code sin(pi n / N)}, the square root of {@link #HANN}. */
    SINE {
        @Override
        double at(double phase) {
            return Math.sin(phase / 2);
        }
    },
    /** Ones. */
    RECTANGULAR {
        @Override
        double at(double phase) {
            return 1;
        }
    };

    /** The window's value where the phase runs from 0 to 2 pi over its length. */
    abstract double at(double phase);

    /** The window of this many samples. */
    public float[] periodic(int length) {
        float[] window = new float[length];
        for (int n = 0; n < length; n++) {
            window[n] = (float) at(2 * Math.PI * n / length);
        }
        return window;
    }
}
