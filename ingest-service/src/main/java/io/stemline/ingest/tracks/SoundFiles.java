package io.stemline.ingest.tracks;

import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioSource;
import io.stemline.audio.ReadOptions;
import io.stemline.ingest.tracks.TrackAudio.Sound;
import io.stemline.service.Decoding;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Opens the files of sounds: a track's own, which somebody else made, as the configuration says; stems, which were made here, at once. */
@Singleton
final class SoundFiles {
    private final Decoding decoding;

    SoundFiles(Decoding decoding) {
        this.decoding = decoding;
    }

    /** As it is. */
    AudioSource open(Sound sound, Path file) {
        return open(sound, file, UnaryOperator.identity());
    }

    /**
     * @param file where the sound is
     * @param wish what shall be different from how it is
     */
    AudioSource open(Sound sound, Path file, UnaryOperator<ReadOptions> wish) {
        ReadOptions asIs = sound.isMixture() ? decoding.asIs() : ReadOptions.asIs();
        return AudioFiles.open(file, wish.apply(asIs));
    }
}
