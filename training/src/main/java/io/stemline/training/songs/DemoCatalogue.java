package io.stemline.training.songs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A catalogue of generated songs in the layout of MUSDB: {@code <artist> - <title>/mixture.wav} and one file for each stem,
 * with the recipe as {@code recipe.json} beside them.
 *
 * <p>Files are WAV with 16 bits. Stems are rounded to 16 bits first and the mixture is their sum, so the files add up to the
 * last bit.
 */
public final class DemoCatalogue {
    private static final float STEPS = 1 << 15;
    private static final AudioFormat FORMAT = new AudioFormat(SongGenerator.SAMPLE_RATE_HZ, 2);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private DemoCatalogue() {}

    /**
     * Writes songs, each into a folder of its own; files of an earlier song of the same name are replaced.
     *
     * @param folder the catalogue's folder, created if need be
     * @param songs how many
     * @param length of each
     * @param firstSeed seed of the first; the others follow
     * @return the songs' folders
     */
    public static List<Path> write(Path folder, int songs, Duration length, long firstSeed) {
        SongGenerator generator = new SongGenerator();
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < songs; i++) {
            Song song = generator.generate(firstSeed + i, length);
            String name = song.recipe().artist() + " - " + song.recipe().title();
            Path place = folder.resolve(name);
            for (int copy = 2; folders.contains(place); copy++) {
                place = folder.resolve(name + " (" + copy + ")");
            }
            write(place, song);
            folders.add(place);
        }
        return List.copyOf(folders);
    }

    private static void write(Path place, Song song) {
        try {
            Files.createDirectories(place);
            Files.write(place.resolve("recipe.json"), JSON.writeValueAsBytes(song.recipe()));
        } catch (IOException e) {
            throw new UncheckedIOException(place + ": the song cannot be written (" + e.getMessage() + ")", e);
        }
        Map<Stem, float[][]> rounded = new LinkedHashMap<>();
        float[][] mixture = new float[2][song.lengthFrames()];
        for (Stem stem : Stem.values()) {
            float[][] samples = rounded(song.stems().get(stem));
            rounded.put(stem, samples);
            for (int channel = 0; channel < 2; channel++) {
                for (int i = 0; i < mixture[channel].length; i++) {
                    mixture[channel][i] += samples[channel][i];
                }
            }
        }
        rounded.forEach((stem, samples) -> writeWav(place.resolve(stem.label() + ".wav"), samples));
        writeWav(place.resolve("mixture.wav"), mixture);
    }

    private static float[][] rounded(float[][] samples) {
        float[][] rounded = new float[samples.length][samples[0].length];
        for (int channel = 0; channel < samples.length; channel++) {
            for (int i = 0; i < samples[channel].length; i++) {
                rounded[channel][i] = Math.round(samples[channel][i] * STEPS) / STEPS;
            }
        }
        return rounded;
    }

    private static void writeWav(Path file, float[][] samples) {
        AudioFiles.write(file, new AudioBuffer(FORMAT, samples), Encoding.WAV_16);
    }
}
