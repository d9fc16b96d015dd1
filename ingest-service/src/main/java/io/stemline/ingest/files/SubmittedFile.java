package io.stemline.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A file that somebody wants taken in. */
public record SubmittedFile(Path path) {
    /** Native Instruments' stem format: several audio streams in one file. */
    private static final String STEM_MP4 = ".stem.mp4";

    /** 64 hexadecimal digits. */
    public String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(path);
                var hashed = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            hashed.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
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
