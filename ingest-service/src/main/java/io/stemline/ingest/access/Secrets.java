package io.stemline.ingest.access;

import java.security.SecureRandom;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;

/** What only its holder knows. There is so much chance in it that its plain hash tells nothing. */
final class Secrets {
    private static final int BYTES = 32;
    private static final SecureRandom CHANCE = new SecureRandom();

    private Secrets() {}

    /** 256 random bits in letters that are safe everywhere. */
    static String fresh() {
        byte[] bytes = new byte[BYTES];
        CHANCE.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** 64 hexadecimal digits. */
    static String sha256(String secret) {
        return DigestUtils.sha256Hex(secret);
    }
}
