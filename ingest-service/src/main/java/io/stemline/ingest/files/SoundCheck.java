package io.stemline.ingest.files;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioProbe;
import io.stemline.audio.SoundHash;
import io.stemline.service.Decoding;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whether files are sound, by decoding them to their end within the limits of the configuration. */
@Singleton
public final class SoundCheck {
    private final Decoding decoding;

    SoundCheck(Decoding decoding) {
        this.decoding = decoding;
    }

    /**
     * What a file that was probed sounds like; empty if nothing sounds.
     *
     * @throws RefusedFileException if it is beyond a limit
     */
    public Optional<String> soundOf(Path file) throws RefusedFileException {
        try {
            return SoundHash.of(file, decoding.asIs());
        } catch (AudioException e) {
            throw new RefusedFileException(e.getMessage(), e);
        }
    }

    /**
     * What a file holds.
     *
     * @throws RefusedFileException if that is no sound, or beyond a limit
     */
    public AudioProbe probe(Path file) throws RefusedFileException {
        try {
            AudioProbe probe = AudioFiles.probe(file, decoding.limits());
            if (probe.lengthFrames() == 0) {
                throw new RefusedFileException("%s: there is no sound in it".formatted(file.getFileName()));
            }
            return probe;
        } catch (AudioException e) {
            throw new RefusedFileException(e.getMessage(), e);
        }
    }
}
