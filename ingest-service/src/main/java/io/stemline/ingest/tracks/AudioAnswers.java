package io.stemline.ingest.tracks;

import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.audio.Encoding;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.tracks.TrackAudio.Sound;
import io.stemline.pipeline.store.ObjectStore;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Sounds as browsers and people want them: as stored, in another format, all stems in one archive. Nothing is held in memory. */
@Singleton
final class AudioAnswers {
    private static final int FRAMES_AT_ONCE = 1 << 14;
    private static final String FOR_A_DAY = "private, max-age=86400";

    private final ObjectStore store;
    private final SoundFiles files;

    AudioAnswers(ObjectStore store, SoundFiles files) {
        this.store = store;
        this.files = files;
    }

    /**
     * @param format an encoding as settings spell it; as stored where absent
     * @param range the request's range of bytes
     */
    Response sound(Sound sound, Optional<String> format, Optional<String> range) throws IOException {
        Optional<Encoding> encoding = format.map(AudioAnswers::encoding);
        if (encoding.isEmpty()) {
            return named(
                    RangedAnswer.of(range, store.size(sound.object()), (output, offset, length) -> {
                        try (InputStream stored = store.get(sound.object())) {
                            stored.skipNBytes(offset);
                            copy(stored, output, length);
                        }
                    }),
                    sound.fileName(sound.extension()),
                    store.contentType(sound.object()));
        }
        requireThere(sound);
        String fileName = sound.fileName("." + encoding.get().extension());
        if (encoding.get() == Encoding.WAV_16) {
            var wav = new WavRendition(store, files, sound);
            return named(RangedAnswer.of(range, wav.sizeBytes(), wav::write), fileName, "audio/wav");
        }
        Path made = transcoded(sound, encoding.get());
        long sizeBytes = Files.size(made);
        jakarta.ws.rs.core.StreamingOutput whole = output -> {
            try (output) {
                Files.copy(made, output);
            } finally {
                Files.deleteIfExists(made);
            }
        };
        return named(
                Response.ok(whole).header(HttpHeaders.CONTENT_LENGTH, sizeBytes),
                fileName,
                contentType(encoding.get()));
    }

    /** All sounds in one ZIP archive that is made while it is sent; audio is not compressed once more. */
    Response archive(List<Sound> sounds, Optional<String> format) {
        Optional<Encoding> encoding = format.map(AudioAnswers::encoding);
        sounds.forEach(this::requireThere);
        jakarta.ws.rs.core.StreamingOutput archive = output -> {
            try (var zip = new ZipOutputStream(output)) {
                zip.setLevel(Deflater.NO_COMPRESSION);
                for (Sound sound : sounds) {
                    String extension =
                            encoding.map(wanted -> "." + wanted.extension()).orElse(sound.extension());
                    zip.putNextEntry(new ZipEntry(sound.part() + extension));
                    if (encoding.isPresent()) {
                        Path made = transcoded(sound, encoding.get());
                        try {
                            Files.copy(made, zip);
                        } finally {
                            Files.deleteIfExists(made);
                        }
                    } else {
                        try (InputStream stored = store.get(sound.object())) {
                            stored.transferTo(zip);
                        }
                    }
                    zip.closeEntry();
                }
            }
        };
        return named(Response.ok(archive), sounds.getFirst().name() + ".zip", "application/zip");
    }

    /** What begins to be sent can no longer become a problem document. */
    private void requireThere(Sound sound) {
        store.size(sound.object());
    }

    private Path transcoded(Sound sound, Encoding encoding) throws IOException {
        Path made = Files.createTempFile("stemline-", "." + encoding.extension());
        try (ObjectStore.LocalObject file = store.fetch(sound.object());
                AudioSource source = files.open(sound, file.path());
                AudioSink sink = AudioFiles.create(made, source.format(), encoding)) {
            var block = new float[source.format().channels()][FRAMES_AT_ONCE];
            int read = source.read(block, 0, FRAMES_AT_ONCE);
            while (read > 0) {
                sink.write(block, 0, read);
                read = source.read(block, 0, FRAMES_AT_ONCE);
            }
        } catch (RuntimeException | Error e) {
            Files.deleteIfExists(made);
            throw e;
        }
        return made;
    }

    private static Encoding encoding(String spelling) {
        return Encoding.spelled(spelling)
                .orElseThrow(() -> ProblemException.malformed("the format '%s' is not one of %s"
                        .formatted(
                                spelling,
                                Arrays.stream(Encoding.values())
                                        .map(Encoding::spelling)
                                        .sorted()
                                        .collect(Collectors.joining(", ")))));
    }

    private static String contentType(Encoding encoding) {
        return switch (encoding) {
            case WAV_16, WAV_24, WAV_FLOAT -> "audio/wav";
            case FLAC_16, FLAC_24 -> "audio/flac";
            case MP3 -> "audio/mpeg";
            case AAC -> "audio/mp4";
        };
    }

    /** Names may be in any script: RFC 6266 has a form for that. */
    private static Response named(Response.ResponseBuilder response, String fileName, String contentType) {
        String safe = fileName.replaceAll("[/\\\\\\p{Cntrl}]", "_");
        String encoded = URLEncoder.encode(safe, StandardCharsets.UTF_8).replace("+", "%20");
        return response.type(contentType)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename*=UTF-8''" + encoded)
                .header(HttpHeaders.CACHE_CONTROL, FOR_A_DAY)
                .build();
    }

    private static void copy(InputStream input, OutputStream output, long length) throws IOException {
        byte[] bytes = new byte[1 << 16];
        long left = length;
        while (left > 0) {
            int read = input.read(bytes, 0, (int) Math.min(left, bytes.length));
            if (read < 0) {
                return;
            }
            output.write(bytes, 0, read);
            left -= read;
        }
    }
}
