package io.stemline.training.datasets;

import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import io.stemline.audio.Excerpt;
import io.stemline.audio.ReadOptions;

/** Stretches of stored stems, converted to a format. */
interface DecodedStems {

    /**
     * Reads a stretch.
     *
     * @return {@code [channel][frames]}; silent behind the end
     * @throws io.stemline.audio.AudioException if the stem cannot be read
     */
    float[][] read(SourceStem stem, AudioFormat format, long firstFrame, int frames);

    /** Decodes the file from its beginning each time. */
    static float[][] decode(SourceStem stem, AudioFormat format, long firstFrame, int frames) {
        float[][] samples = new float[format.channels()][frames];
        try (AudioSource source = new Excerpt(open(stem, format), firstFrame, frames)) {
            int at = 0;
            int read = 0;
            while (at < frames && read >= 0) {
                read = source.read(samples, at, frames - at);
                at += Math.max(0, read);
            }
        }
        return samples;
    }

    /** The whole stem. */
    static AudioSource open(SourceStem stem, AudioFormat format) {
        return AudioFiles.open(
                stem.file(),
                ReadOptions.asIs()
                        .ofStream(stem.stream())
                        .atSampleRate(format.sampleRateHz())
                        .withChannels(format.channels()));
    }
}
