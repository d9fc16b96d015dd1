package io.stemline.cli;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Sounds to separate, and what came of them. */
final class Sounds {

    private Sounds() {}

    /** Noise at half of full scale, the same each time. */
    static AudioBuffer noise(AudioFormat format, int lengthFrames) {
        var random = new SplittableRandom(lengthFrames);
        float[][] samples = new float[format.channels()][lengthFrames];
        for (float[] channel : samples) {
            for (int i = 0; i < lengthFrames; i++) {
                channel[i] = (float) random.nextDouble(-0.5, 0.5);
            }
        }
        return new AudioBuffer(format, samples);
    }

    /** How many stems there are. */
    static int count(Path folder, String extension) {
        return stems(folder, extension).size();
    }

    /** The greatest difference between a mixture and the sum of the stems, which must be of its length. */
    static double distance(Path folder, String extension, AudioBuffer mixture) {
        List<AudioBuffer> stems =
                stems(folder, extension).stream().map(AudioFiles::readAll).toList();
        double greatest = 0;
        for (AudioBuffer stem : stems) {
            if (stem.lengthFrames() != mixture.lengthFrames() || !stem.format().equals(mixture.format())) {
                throw new AssertionError("a stem of %d frames, %s, of a mixture of %d, %s"
                        .formatted(stem.lengthFrames(), stem.format(), mixture.lengthFrames(), mixture.format()));
            }
        }
        for (int channel = 0; channel < mixture.channels(); channel++) {
            for (int i = 0; i < mixture.lengthFrames(); i++) {
                double sum = 0;
                for (AudioBuffer stem : stems) {
                    sum += stem.channel(channel)[i];
                }
                greatest = Math.max(greatest, Math.abs(sum - mixture.channel(channel)[i]));
            }
        }
        return greatest;
    }

    private static List<Path> stems(Path folder, String extension) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("." + extension))
                    .filter(file -> !file.endsWith("mixture.wav"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
