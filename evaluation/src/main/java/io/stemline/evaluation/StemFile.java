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
 * @param reading how it is read, and which of the file's audio streams it is
 */
public record StemFile(String stem, Path file, ReadOptions reading) {

    /** The first audio stream of a file. */
    public StemFile(String stem, Path file) {
        this(stem, file, ReadOptions.asIs());
    }

    /** Opens the stem for reading.
     *
     * @throws io.stemline.audio.AudioException if the file cannot be read as audio
     */
    public AudioSource open() {
        return AudioFiles.open(file, reading);
    }
}
