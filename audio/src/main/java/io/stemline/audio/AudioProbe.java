package io.stemline.audio;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a file holds, without its samples.
 *
 * @param container the kind of file: {@code wav}, {@code flac}, {@code mp3}, {@code mp4}, {@code ogg}, ...
 * @param codec how the samples are stored, in FFmpeg's words: {@code pcm_s16le}, {@code flac}, {@code mp3}, ...
 * @param channelLayout {@code mono}, {@code stereo}, {@code 5.1}, ..., or {@code 3 channels} where the file does not say
 * @param lengthFrames exactly as many frames as reading the file gives
 * @param bitsPerSample resolution of a stored sample, 0 if the codec is lossy
 * @param floatingPoint whether stored samples are floating point numbers
 * @param audioStreams how many audio streams the file has; the other components describe the first
 * @param tags title, artist, album, isrc, ... by lower-case name, in the file's order
 * @param warnings what is wrong with the file though it can be read, one sentence each
 */
public record AudioProbe(
        String container,
        String codec,
        int sampleRateHz,
        int channels,
        String channelLayout,
        long lengthFrames,
        int bitsPerSample,
        boolean floatingPoint,
        int audioStreams,
        Map<String, String> tags,
        List<String> warnings) {

    public AudioProbe {
        tags = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(tags));
        warnings = List.copyOf(warnings);
    }

    /** A probe of a file with nothing to warn about. */
    public AudioProbe(
            String container,
            String codec,
            int sampleRateHz,
            int channels,
            String channelLayout,
            long lengthFrames,
            int bitsPerSample,
            boolean floatingPoint,
            int audioStreams,
            Map<String, String> tags) {
        this(
                container,
                codec,
                sampleRateHz,
                channels,
                channelLayout,
                lengthFrames,
                bitsPerSample,
                floatingPoint,
                audioStreams,
                tags,
                List.of());
    }

    public AudioFormat format() {
        return new AudioFormat(sampleRateHz, channels);
    }

    /** The length in time, to the nanosecond below. */
    public Duration duration() {
        long seconds = lengthFrames / sampleRateHz;
        long nanoseconds = (lengthFrames % sampleRateHz) * 1_000_000_000L / sampleRateHz;
        return Duration.ofSeconds(seconds, nanoseconds);
    }
}
