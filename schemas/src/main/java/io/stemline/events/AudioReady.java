package io.stemline.events;

import java.util.List;
import java.util.Optional;

/**
 * A track lies in the object store and wants to be separated.
 *
 * @param trackId SHA-256 of the audio file, 64 hexadecimal digits
 * @param object the audio file's key in the object store
 * @param name what people call the file
 * @param audio what the file is
 * @param tags title, artist and so on, where known
 * @param references true stems of the track, where they exist
 * @param separation how it is to be separated
 * @param origin the submission that asked for it; absent where another system published the event
 */
public record AudioReady(
        String trackId,
        String object,
        String name,
        Audio audio,
        Tags tags,
        List<Reference> references,
        Wish separation,
        Optional<Origin> origin)
        implements Event {

    public AudioReady {
        tags = tags == null ? Tags.NONE : tags;
        references = references == null ? List.of() : List.copyOf(references);
        separation = separation == null ? Wish.DEFAULT : separation;
    }

    @Override
    public String key() {
        return trackId;
    }

    /**
     * @param container name of the file format, as FFmpeg gives it
     * @param lengthFrames exact number of sample frames
     */
    public record Audio(String container, int sampleRateHz, int channels, long lengthFrames) {
        public double seconds() {
            return (double) lengthFrames / sampleRateHz;
        }
    }

    public record Tags(Optional<String> title, Optional<String> artist, Optional<String> album, Optional<String> isrc) {
        public static final Tags NONE =
                new Tags(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * @param modelId the model to use; absent: the active one
     * @param encoding how stems are written: {@code wav-16}, {@code wav-24}, {@code wav-float}, {@code flac-16}, {@code flac-24},
     *     {@code mp3} or {@code aac}
     */
    public record Wish(Optional<String> modelId, String encoding) {
        public static final Wish DEFAULT = new Wish(Optional.empty(), "wav-float");

        public Wish {
            encoding = encoding == null ? "wav-float" : encoding;
        }
    }
}
