package io.stemline.audio;

import io.stemline.audio.ffmpeg.Ffmpeg;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The door to audio files: describes, reads and writes them.
 *
 * <p>Everything FFmpeg decodes can be read. Samples are floats with full scale from -1 to 1; integer samples of up to 24
 * bit are read exactly. The padding that encoders put before and after the sound is left out where the file tells how
 * much there is. Different files may be worked on in different threads.
 */
public final class AudioFiles {

    private static final int FRAMES_AT_ONCE = 1 << 16;

    private AudioFiles() {}

    /**
     * Describes a file and its first audio stream. The length is what reading gives: PCM is counted by its bytes, files
     * of all other codecs are decoded to their end.
     *
     * @throws AudioException if the file cannot be read as audio
     */
    public static AudioProbe probe(Path file) {
        return probe(file, DecodingLimits.standard());
    }

    /**
     * Describes a file as {@link #probe(Path)}, within other limits than the standard ones.
     *
     * @throws AudioException if the file cannot be read as audio, or is beyond a limit
     */
    public static AudioProbe probe(Path file, DecodingLimits limits) {
        return limits.ownProcess() ? DecoderProcess.probe(file, limits) : Ffmpeg.probe(file, limits);
    }

    /**
     * Opens the first audio stream with the rate and the channels it has.
     *
     * @throws AudioException if the file cannot be read as audio
     */
    public static AudioSource open(Path file) {
        return open(file, ReadOptions.asIs());
    }

    /**
     * Opens an audio stream, converted as the options say.
     *
     * @throws AudioException if the file cannot be read as audio, or not as the options say
     */
    public static AudioSource open(Path file, ReadOptions options) {
        return options.limits().ownProcess() ? DecoderProcess.open(file, options) : Ffmpeg.open(file, options);
    }

    /** Reads the first audio stream into memory, as {@link #open(Path)}. */
    public static AudioBuffer readAll(Path file) {
        return readAll(file, ReadOptions.asIs());
    }

    /** Reads an audio stream into memory, as {@link #open(Path, ReadOptions)}. */
    public static AudioBuffer readAll(Path file, ReadOptions options) {
        try (AudioSource source = open(file, options)) {
            float[][] samples = new float[source.format().channels()][FRAMES_AT_ONCE];
            int length = 0;
            int read = source.read(samples, 0, FRAMES_AT_ONCE);
            while (read > 0) {
                length += read;
                if (length == samples[0].length) {
                    resize(samples, longer(length, file, source.format()));
                }
                read = source.read(samples, length, samples[0].length - length);
            }
            resize(samples, length);
            return new AudioBuffer(source.format(), samples);
        }
    }

    private static int longer(int lengthFrames, Path file, AudioFormat format) {
        long longer = lengthFrames + (long) Math.max(FRAMES_AT_ONCE, lengthFrames / 2);
        long most = Runtime.getRuntime().maxMemory() / Float.BYTES / format.channels();
        if (longer > Math.min(most, Integer.MAX_VALUE - 8)) {
            throw new UnsupportedAudioException(
                    file,
                    "%d frames of %d channels and more are too long to be held in memory whole"
                            .formatted(lengthFrames, format.channels()));
        }
        return (int) longer;
    }

    private static void resize(float[][] samples, int lengthFrames) {
        for (int channel = 0; channel < samples.length; channel++) {
            samples[channel] = Arrays.copyOf(samples[channel], lengthFrames);
        }
    }

    /**
     * Starts a file at exactly this path, replacing one that is there. The encoding alone decides on the format, not
     * the name.
     *
     * @throws AudioException if the encoding cannot hold the format, or the file cannot be written
     */
    public static AudioSink create(Path file, AudioFormat format, Encoding encoding) {
        return Ffmpeg.create(file, format, encoding);
    }

    /** Writes a whole file, as {@link #create}. */
    public static void write(Path file, AudioBuffer buffer, Encoding encoding) {
        try (AudioSink sink = create(file, buffer.format(), encoding)) {
            sink.write(buffer.samples(), 0, buffer.lengthFrames());
        }
    }
}
