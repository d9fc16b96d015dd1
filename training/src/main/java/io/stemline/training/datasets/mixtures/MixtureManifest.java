package io.stemline.training.datasets.mixtures;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stemline.training.datasets.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that makes a mixture: the same manifest and the same sounds give the same samples.
 *
 * @param formatVersion {@value #FORMAT_VERSION}; another one sounds different
 * @param name of the mixture
 * @param seed that it was drawn with
 * @param labels the stems
 * @param events sounds, label by label
 */
public record MixtureManifest(
        int formatVersion,
        String name,
        long seed,
        int sampleRateHz,
        int channels,
        int lengthFrames,
        List<String> labels,
        List<Event> events) {

    public static final int FORMAT_VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    /**
     * A sound in a mixture. Frames are those of the mixture's sample rate.
     *
     * @param label the stem it belongs to
     * @param source the file, from the folder of sounds, with slashes
     * @param sourceSha256 of the file
     * @param sourceStartFrame where in the source it begins
     * @param startFrame where in the mixture it begins
     * @param lengthFrames how long it is heard
     * @param levelDb its root mean square while it is heard
     * @param pitchSemitones how much higher it is played
     * @param stretch how much longer
     */
    public record Event(
            String label,
            String source,
            String sourceSha256,
            long sourceStartFrame,
            int startFrame,
            int lengthFrames,
            double levelDb,
            double pitchSemitones,
            double stretch) {}

    public MixtureManifest {
        labels = List.copyOf(labels);
        events = List.copyOf(events);
        if (formatVersion != FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    name + ": a manifest of version " + formatVersion + ", this is version " + FORMAT_VERSION);
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws DatasetException if the file is not one
     */
    public static MixtureManifest read(Path file) {
        try {
            return JSON.readValue(file.toFile(), MixtureManifest.class);
        } catch (IOException e) {
            throw new DatasetException(file + ": not a manifest of a mixture (" + e.getMessage() + ")", e);
        }
    }

    void write(Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(this));
    }
}
