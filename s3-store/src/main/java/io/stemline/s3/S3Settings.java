package io.stemline.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which bucket, and how it is reached. Keys come from where the AWS SDK looks for them: the environment, a profile, or the machine's role.
 *
 * @param bucket exists already
 * @param prefix stands before every key; empty, or ends with a slash
 * @param region of the bucket; other servers than Amazon's take any
 * @param endpoint of another server than Amazon's
 * @param pathStyle whether the bucket is named in the path rather than in the host, as most other servers want it
 * @param scratch the folder where objects lie while they are written and read; it needs room for all tracks under work and their stems
 * @param partBytes objects above this size are sent in parts of it, at least 5 MiB
 */
public record S3Settings(
        String bucket,
        String prefix,
        String region,
        Optional<URI> endpoint,
        boolean pathStyle,
        Path scratch,
        int partBytes) {

    private static final int LEAST_PART_BYTES = 5 << 20;
    private static final int USUAL_PART_BYTES = 16 << 20;
    private static final String SCHEME = "s3://";

    public S3Settings {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("the name of the bucket is empty");
        }
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("the prefix '" + prefix + "' does not end with a slash");
        }
        if (prefix.startsWith("/")) {
            throw new IllegalArgumentException("the prefix '" + prefix + "' starts with a slash");
        }
        endpoint.ifPresent(S3Settings::checkEndpoint);
        if (partBytes < LEAST_PART_BYTES) {
            throw new IllegalArgumentException("parts of " + partBytes + " bytes: S3 takes no less than 5 MiB");
        }
    }

    /** A bucket of Amazon's, without a prefix. */
    public static S3Settings of(String bucket, String region, Path scratch) {
        return new S3Settings(bucket, "", region, Optional.empty(), false, scratch, USUAL_PART_BYTES);
    }

    public S3Settings withEndpoint(URI address) {
        return new S3Settings(bucket, prefix, region, Optional.of(address), pathStyle, scratch, partBytes);
    }

    public S3Settings withPathStyle(boolean inPath) {
        return new S3Settings(bucket, prefix, region, endpoint, inPath, scratch, partBytes);
    }

    public S3Settings withPrefix(String before) {
        return new S3Settings(bucket, before, region, endpoint, pathStyle, scratch, partBytes);
    }

    public S3Settings withPartBytes(int bytes) {
        return new S3Settings(bucket, prefix, region, endpoint, pathStyle, scratch, bytes);
    }

    /** What the store is called in messages: the bucket, as {@code s3://bucket/prefix}. */
    String name() {
        return SCHEME + bucket + "/" + prefix;
    }

    private static void checkEndpoint(URI address) {
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "the endpoint '" + address + "' is not an address such as https://minio.example.com:9000");
        }
    }
}
