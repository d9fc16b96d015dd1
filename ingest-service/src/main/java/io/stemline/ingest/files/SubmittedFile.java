package io.stemline.ingest.files;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/** A file that somebody wants taken in. */
public record SubmittedFile(Path path) {
    /** Native Instruments' stem format: several audio streams in one file. */
    private static final String STEM_MP4 = ".stem.mp4";

    /** 64 hexadecimal digits. */
    public String sha256() throws IOException {
        return new DigestUtils(SHA_256).digestAsHex(path);
    }

    public boolean isStemFile() {
        return lowerCaseName().endsWith(STEM_MP4);
    }

    /** With its dot, in lower case; nothing where there is none that could be part of a key. */
    public String extension() {
        if (isStemFile()) {
            return STEM_MP4;
        }
        String name = lowerCaseName();
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot);
        return extension.matches("\\.[a-z0-9]{1,8}") ? extension : "";
    }

    private String lowerCaseName() {
        return path.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
