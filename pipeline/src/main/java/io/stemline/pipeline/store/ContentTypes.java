package io.stemline.pipeline.store;

import java.util.Locale;
import java.util.Map;

/** Media types by the ending of a key. */
public final class ContentTypes {

    private static final String UNKNOWN = "application/octet-stream";
    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry(".wav", "audio/wav"),
            Map.entry(".flac", "audio/flac"),
            Map.entry(".mp3", "audio/mpeg"),
            Map.entry(".m4a", "audio/mp4"),
            Map.entry(".mp4", "audio/mp4"),
            Map.entry(".aac", "audio/aac"),
            Map.entry(".ogg", "audio/ogg"),
            Map.entry(".opus", "audio/ogg"),
            Map.entry(".aif", "audio/aiff"),
            Map.entry(".aiff", "audio/aiff"),
            Map.entry(".json", "application/json"),
            Map.entry(".html", "text/html; charset=utf-8"),
            Map.entry(".css", "text/css; charset=utf-8"),
            Map.entry(".js", "text/javascript; charset=utf-8"),
            Map.entry(".csv", "text/csv; charset=utf-8"),
            Map.entry(".txt", "text/plain; charset=utf-8"),
            Map.entry(".md", "text/markdown; charset=utf-8"),
            Map.entry(".png", "image/png"),
            Map.entry(".svg", "image/svg+xml"),
            Map.entry(".pdf", "application/pdf"),
            Map.entry(".zip", "application/zip"));

    private ContentTypes() {}

    /** The media type of an object; {@code application/octet-stream} if its ending says nothing. */
    public static String of(String key) {
        return BY_ENDING.getOrDefault(ObjectKey.ending(key).toLowerCase(Locale.ROOT), UNKNOWN);
    }
}
