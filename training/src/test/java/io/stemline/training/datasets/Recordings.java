package io.stemline.training.datasets;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** Small made-up tracks in files. */
final class Recordings {
    static final int RATE_HZ = 44_100;
    static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");

    private Recordings() {}

    /** A folder with four stems that are sines of different frequencies, and their sum. */
    static void track(Path folder, int frames) {
        float[][] mixture = new float[2][frames];
        for (int stem = 0; stem < STEMS.size(); stem++) {
            float[][] sine = sine(200 * (stem + 1), frames);
            write(folder.resolve(STEMS.get(stem) + ".wav"), RATE_HZ, sine);
            for (int channel = 0; channel < 2; channel++) {
                for (int i = 0; i < frames; i++) {
                    mixture[channel][i] += sine[channel][i];
                }
            }
        }
        write(folder.resolve("mixture.wav"), RATE_HZ, mixture);
    }

    /** A sine, on the right half as loud; nowhere exactly zero at once on both sides but at its beginning. */
    static float[][] sine(double hz, int frames) {
        float[][] sine = new float[2][frames];
        for (int i = 0; i < frames; i++) {
            sine[0][i] = (float) (0.2 * Math.sin(2 * Math.PI * hz * i / RATE_HZ));
            sine[1][i] = 0.5f * sine[0][i];
        }
        return sine;
    }

    static void write(Path file, int rateHz, float[]... channels) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AudioFiles.write(file, new AudioBuffer(new AudioFormat(rateHz, channels.length), channels), Encoding.WAV_FLOAT);
    }

    /** One file with a stream for each of these, as MUSDB18 has them: mixture, drums, bass, other, vocals. */
    static void stemFile(Path file, List<Path> streams) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class), "-v", "error"));
        for (Path stream : streams) {
            command.addAll(List.of("-i", stream.toString()));
        }
        for (int i = 0; i < streams.size(); i++) {
            command.addAll(List.of("-map", i + ":a"));
        }
        command.addAll(List.of("-c:a", "aac", "-b:a", "256k", file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
