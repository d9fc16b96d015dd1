package io.stemline.evaluation;

import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioSource;
import io.stemline.audio.ReadOptions;
import java.nio.file.Path;

/**
 * An audio file that holds one stem.
 *
 * @param stem name of the stem
 * @param file the audio file
 * @param stream which of the file's audio streams it is, from 0
 */
public record StemFile(String stem, Path file, int stream) {

    public StemFile(String stem, Path file) {
        this(stem, file, 0);
    }

    AudioSource open() {
        return AudioFiles.open(file, ReadOptions.asIs().ofStream(stream));
    }
}
