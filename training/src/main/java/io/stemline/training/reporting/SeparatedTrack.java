package io.stemline.training.reporting;

import io.stemline.audio.AudioFormat;
import java.util.List;

/**
 * A mixture with what a model makes of it. All arrays are {@code [channel][frame]} and of one shape; they are not copied.
 *
 * @param name of the track or example
 * @param format of all signals
 * @param mixture what was separated
 * @param targets what it was separated into
 */
public record SeparatedTrack(String name, AudioFormat format, float[][] mixture, List<Target> targets) {

    public SeparatedTrack {
        targets = List.copyOf(targets);
        requireShape(format, mixture, mixture, "the mixture");
        for (Target target : targets) {
            requireShape(format, mixture, target.reference(), "the reference of " + target.name());
            requireShape(format, mixture, target.estimate(), "the estimate of " + target.name());
        }
    }

    /**
     * A target.
     *
     * @param name {@code vocals}
     * @param reference what it should be
     * @param estimate what the model says it is
     */
    public record Target(String name, float[][] reference, float[][] estimate) {}

    /** How many frames all signals have. */
    public int lengthFrames() {
        return mixture[0].length;
    }

    private static void requireShape(AudioFormat format, float[][] mixture, float[][] signal, String what) {
        if (signal.length != format.channels()) {
            throw new IllegalArgumentException(
                    "%s has %d channels, not %d".formatted(what, signal.length, format.channels()));
        }
        for (float[] channel : signal) {
            if (channel.length != mixture[0].length) {
                throw new IllegalArgumentException(
                        "%s has %d frames, the mixture %d".formatted(what, channel.length, mixture[0].length));
            }
        }
    }
}
