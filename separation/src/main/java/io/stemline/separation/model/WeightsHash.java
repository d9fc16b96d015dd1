package io.stemline.separation.model;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The identity of a SavedModel: SHA-256 over all files below its folder. For each file, in the order of their relative
 * paths with forward slashes: the path in UTF-8, a zero byte, the 32 bytes of the file's own SHA-256.
 */
public final class WeightsHash {

    private WeightsHash() {}

    /**
     * The hash of the SavedModel in a folder, as 64 hexadecimal digits.
     *
     * @throws ModelException if the folder holds no file or cannot be read
     */
    public static String of(Path savedModel) {
        try {
            MessageDigest total = DigestUtils.getSha256Digest();
            var files = filesBelow(savedModel);
            if (files.isEmpty()) {
                throw new ModelException(savedModel + ": no file in it to hash");
            }
            for (var file : files.entrySet()) {
                total.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                total.update((byte) 0);
                total.update(new DigestUtils(SHA_256).digest(file.getValue()));
            }
            return HexFormat.of().formatHex(total.digest());
        } catch (IOException e) {
            throw new ModelException(savedModel + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static Map<String, Path> filesBelow(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            var files = new TreeMap<String, Path>();
            paths.filter(Files::isRegularFile)
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
            return files;
        }
    }
}
