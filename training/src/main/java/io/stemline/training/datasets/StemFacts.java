package io.stemline.training.datasets;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioProbe;
import io.stemline.audio.AudioSource;
import io.stemline.audio.ReadOptions;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a stored stem.
 *
 * @param lengthFrames at its own sample rate
 * @param silent nothing in it is louder than -80 dB
 * @param warnings what decoding went past
 */
record StemFacts(int sampleRateHz, int channels, long lengthFrames, boolean silent, List<String> warnings) {
    private static final float AUDIBLE = 1e-4f;
    private static final int FRAMES_AT_ONCE = 1 << 15;

    StemFacts {
        warnings = List.copyOf(warnings);
    }

    /**
     * Looks at a stem. PCM is read only until it is heard, everything else is decoded to its end.
     *
     * @throws AudioException if it cannot be read
     */
    static StemFacts of(SourceStem stem) {
        if (stem.stream() == 0
                && stem.file().toString().toLowerCase(Locale.ROOT).endsWith(".wav")) {
            AudioProbe probe = AudioFiles.probe(stem.file());
            if (probe.container().equals("wav") && probe.codec().startsWith("pcm_")) {
                boolean silent = listen(stem, true).silent();
                return new StemFacts(
                        probe.sampleRateHz(), probe.channels(), probe.lengthFrames(), silent, probe.warnings());
            }
        }
        return listen(stem, false);
    }

    private static StemFacts listen(SourceStem stem, boolean untilHeard) {
        try (AudioSource source =
                AudioFiles.open(stem.file(), ReadOptions.asIs().ofStream(stem.stream()))) {
            float[][] block = new float[source.format().channels()][FRAMES_AT_ONCE];
            boolean silent = true;
            long length = 0;
            int read = source.read(block, 0, FRAMES_AT_ONCE);
            while (read > 0) {
                length += read;
                silent = silent && silent(block, read);
                read = untilHeard && !silent ? -1 : source.read(block, 0, FRAMES_AT_ONCE);
            }
            return new StemFacts(
                    source.format().sampleRateHz(), source.format().channels(), length, silent, source.warnings());
        }
    }

    private static boolean silent(float[][] block, int frames) {
        for (float[] channel : block) {
            for (int i = 0; i < frames; i++) {
                if (Math.abs(channel[i]) > AUDIBLE) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Its length once it is converted. */
    long lengthAt(int otherRateHz) {
        return Math.round((double) lengthFrames * otherRateHz / sampleRateHz);
    }

    double seconds() {
        return (double) lengthFrames / sampleRateHz;
    }
}
