package io.stemline.pipeline.store;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What may be a key: segments of letters, digits and {@code . _ -} and space and the like, separated by single slashes, as in
 * {@code separations/<id>/vocals.wav}. No segment starts with a dot, so none is {@code ..} and none is hidden.
 */
public final class ObjectKey {

    /** The limit of S3. */
    private static final int LIMIT_BYTES = 1024;

    private static final Pattern SEGMENT = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*");

    private ObjectKey() {}

    /**
     * Returns the key if it is one.
     *
     * @throws StoreException that says what is wrong with it
     */
    public static String check(String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > LIMIT_BYTES) {
            throw new StoreException("an object's key has at most 1024 bytes: " + key.substring(0, 80) + "...");
        }
        for (String segment : key.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new StoreException("'" + key + "' is not an object's key: '" + segment
                        + "' is empty, starts with a dot, or has a backslash or a control character in it");
            }
        }
        return key;
    }

    /** The ending of the key's last segment with its dot, such as {@code .flac}; empty if there is none. */
    public static String ending(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }
}
