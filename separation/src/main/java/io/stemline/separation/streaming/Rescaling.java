package io.stemline.separation.streaming;

import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.audio.Encoding;
import io.stemline.separation.SeparationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Outputs whose stems become as loud as full scale allows, all by the same factor. What is written goes into temporary
 * files of floats; {@link #finish} copies them, scaled, to where they belong. Without {@link Clipping#RESCALE} stems go there
 * at once.
 */
final class Rescaling implements StemOutputs, AutoCloseable {

    private static final int BLOCK_FRAMES = 1 << 16;

    private final StemOutputs target;
    private final Optional<Path> folder;
    private final Map<String, Path> kept = new LinkedHashMap<>();

    Rescaling(StemOutputs target, Clipping clipping) {
        this.target = target;
        this.folder = clipping == Clipping.RESCALE ? Optional.of(newFolder()) : Optional.empty();
    }

    @Override
    public AudioSink open(String stem, AudioFormat format) {
        if (folder.isEmpty()) {
            return target.open(stem, format);
        }
        var file = folder.get().resolve(stem + ".wav");
        kept.put(stem, file);
        return AudioFiles.create(file, format, Encoding.WAV_FLOAT);
    }

    /**
     * Brings the stems to where they belong.
     *
     * @param peak the loudest sample of all stems
     * @return the factor by which they were scaled, 1 if none is above full scale
     */
    double finish(double peak) {
        float factor = folder.isPresent() && peak > 1 ? (float) (1 / peak) : 1;
        kept.forEach((stem, file) -> copy(stem, file, factor));
        return factor;
    }

    private void copy(String stem, Path file, float factor) {
        try (AudioSource source = AudioFiles.open(file);
                AudioSink sink = target.open(stem, source.format())) {
            float[][] block = new float[source.format().channels()][BLOCK_FRAMES];
            for (int frames = source.read(block, 0, BLOCK_FRAMES);
                    frames >= 0;
                    frames = source.read(block, 0, BLOCK_FRAMES)) {
                scale(block, frames, factor);
                sink.write(block, 0, frames);
            }
        }
    }

    private static void scale(float[][] block, int frames, float factor) {
        for (float[] samples : block) {
            for (int n = 0; n < frames; n++) {
                samples[n] *= factor;
            }
        }
    }

    /** Deletes the temporary files. */
    @Override
    public void close() {
        if (folder.isEmpty()) {
            return;
        }
        try {
            for (var file : kept.values()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder.get());
        } catch (IOException e) {
            throw new SeparationException(folder.get() + ": cannot be deleted (" + e.getMessage() + ")", e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("stemline-rescaling-");
        } catch (IOException e) {
            throw new SeparationException(
                    "no folder for temporary files can be made (" + e.getMessage()
                            + "); make room, or set -Djava.io.tmpdir to a folder that can be written to",
                    e);
        }
    }
}
