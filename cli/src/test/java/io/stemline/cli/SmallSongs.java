package io.stemline.cli;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.training.batches.Augmentation;
import io.stemline.training.batches.Curriculum;
import io.stemline.training.export.ModelExport;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.learning.TrainingNetwork;
import io.stemline.training.loss.AbsoluteLoss;
import io.stemline.training.network.Masking;
import io.stemline.training.network.SpectrumInput;
import io.stemline.training.network.UNetConfiguration;
import io.stemline.training.trainer.Schedule;
import io.stemline.training.trainer.TrainingConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Songs of four seconds that a small network learns to take apart in seconds, and a model that has not learned it yet. */
final class SmallSongs {
    static final String WEAK = "weak-1";

    private static final int SAMPLE_RATE_HZ = 8000;
    private static final int SONG_SECONDS = 4;
    private static final int NOTES_A_SECOND = 4;

    private SmallSongs() {}

    /**
     * Writes the model, which says how its successors are trained.
     *
     * @param models a folder of packages
     */
    static void writeWeakModel(Path models, int steps, int validationEvery) {
        var network = new UNetConfiguration(
                new SpectrumInput(SAMPLE_RATE_HZ, 1, 256, 64, 256, 128, 16),
                List.of("vocals", "other"),
                List.of(6, 8, 12),
                3,
                0.3,
                0,
                Masking.SOFTMAX);
        var configuration = new TrainingConfiguration(
                network,
                new AbsoluteLoss(),
                Optimiser.adam(),
                new Schedule.Cosine(5e-3, 3, 0.01),
                new Curriculum(3, 4, 8, 0.2),
                Augmentation.none(),
                8,
                1,
                steps,
                1,
                0.9,
                8,
                validationEvery,
                0,
                0,
                1);
        var settings = new TrainingNetwork.Settings(Optimiser.adam(), 1, 1, 0.9, 4, 1);
        try (var untrained = new TrainingNetwork(network, configuration.loss(), settings)) {
            var details = new ModelExport.Details(
                    WEAK, "Weak", "", Map.of(), "nothing", "a test", Optional.empty(), List.of(), "# Weak\n");
            ModelExport.write(models, configuration, untrained.inferenceWeights(untrained.state()), details);
        }
    }

    /** Writes folders of songs, {@code song 0} and so on, each with its mixture and its true stems. */
    static void write(Path music, int songs, long firstSeed) throws IOException {
        for (int song = 0; song < songs; song++) {
            writeSong(music.resolve("song " + song), firstSeed + song);
        }
    }

    /** A high voice over low notes. */
    private static void writeSong(Path song, long seed) throws IOException {
        Files.createDirectories(song);
        float[] vocals = notes(seed, 1200, 3000);
        float[] other = notes(seed + 1_000_000, 90, 500);
        float[] mixture = new float[vocals.length];
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] = vocals[i] + other[i];
        }
        write(song.resolve("vocals.wav"), vocals);
        write(song.resolve("other.wav"), other);
        write(song.resolve("mixture.wav"), mixture);
    }

    private static float[] notes(long seed, double lowestHz, double highestHz) {
        var random = new Random(seed);
        float[] samples = new float[SONG_SECONDS * SAMPLE_RATE_HZ];
        int noteFrames = SAMPLE_RATE_HZ / NOTES_A_SECOND;
        for (int note = 0; note < samples.length / noteFrames; note++) {
            double frequencyHz = lowestHz * Math.pow(highestHz / lowestHz, random.nextDouble());
            for (int i = 0; i < noteFrames; i++) {
                double fade = Math.sin(Math.PI * i / noteFrames);
                samples[note * noteFrames + i] =
                        (float) (0.2 * fade * Math.sin(2 * Math.PI * frequencyHz * i / SAMPLE_RATE_HZ));
            }
        }
        return samples;
    }

    private static void write(Path file, float[] samples) {
        AudioFiles.write(
                file, new AudioBuffer(new AudioFormat(SAMPLE_RATE_HZ, 1), new float[][] {samples}), Encoding.WAV_FLOAT);
    }
}
