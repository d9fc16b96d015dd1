package io.stemline.s3;

import io.stemline.pipeline.store.ContentTypes;
import io.stemline.pipeline.store.MissingObjectException;
import io.stemline.pipeline.store.ObjectKey;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.pipeline.store.StoreException;
import io.stemline.pipeline.store.UnfinishedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An object store in a bucket, which any number of processes may share: the key, after the prefix, is the object's name there.
 *
 * <p>Storing: write to a file in the scratch folder, then send it, in one request or, where it is large, in parts; every request
 * carries a checksum, which the server compares. The object appears when the last request is answered, as a whole. A crash before that
 * leaves a file in the scratch folder, which is removed when a store is opened there a day later, and at worst parts, which a rule of
 * the bucket should remove after a day. A request that fails in a way that may pass is sent again twice; after that it is the caller
 * who tries again.
 *
 * <p>Reading compares the checksum that was stored, where the server tells it; {@link #fetch} does so before it returns.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
    private static final String UNFINISHED = ".unfinished";

    private final S3Settings settings;
    private final S3Client s3;
    private final PartedUpload parted;
    private final UnfinishedFiles unfinished;

    private S3ObjectStore(S3Settings settings, S3Client s3, UnfinishedFiles unfinished) {
        this.settings = settings;
        this.s3 = s3;
        this.parted = new PartedUpload(s3, settings.bucket(), settings.partBytes());
        this.unfinished = unfinished;
    }

    /**
     * Opens the store in a bucket, which is not created.
     *
     * @throws StoreException if the bucket is not there, does not let us in, or does not answer; the message says which
     */
    public static S3ObjectStore open(S3Settings settings, AwsCredentialsProvider credentials) {
        UnfinishedFiles unfinished = unfinishedIn(settings.scratch());
        S3Client s3 = client(settings, credentials);
        try {
            s3.headBucket(request -> request.bucket(settings.bucket()));
            return new S3ObjectStore(settings, s3, unfinished);
        } catch (SdkException e) {
            s3.close();
            throw new StoreException(
                    "the object store %s cannot be opened (%s)".formatted(settings.name(), Refusal.ofBucket(e)), e);
        }
    }

    private static UnfinishedFiles unfinishedIn(Path scratch) {
        try {
            return UnfinishedFiles.in(scratch.resolve(UNFINISHED));
        } catch (IOException e) {
            throw new StoreException("the scratch folder %s cannot be used (%s)".formatted(scratch, e.getMessage()), e);
        }
    }

    private static S3Client client(S3Settings settings, AwsCredentialsProvider credentials) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD))
                .httpClientBuilder(Apache5HttpClient.builder());
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    @Override
    public Upload begin(String key) {
        return new ScratchUpload(key, place(key), scratchFile(key));
    }

    @Override
    public void put(String key, Path file) {
        String place = place(key);
        if (!Files.isReadable(file)) {
            throw new StoreException(key + ": cannot be stored, " + file + " is not readable");
        }
        send(key, place, file);
    }

    @Override
    public InputStream get(String key) {
        String place = place(key);
        try {
            return new ObjectContent(s3.getObject(asked(place)));
        } catch (SdkException e) {
            throw unread(key, "cannot be read", e);
        }
    }

    @Override
    public LocalObject fetch(String key) {
        String place = place(key);
        Path file = scratchFile(key);
        try {
            s3.getObject(asked(place), (response, body) -> copy(body, file));
            return new ScratchCopy(file, unfinished);
        } catch (SdkException e) {
            unfinished.remove(file);
            throw unread(key, "cannot be read", e);
        }
    }

    @Override
    public boolean exists(String key) {
        String place = place(key);
        try {
            bytes(place);
            return true;
        } catch (SdkException e) {
            if (Refusal.isMissingObject(e)) {
                return false;
            }
            throw failed(key, "cannot be looked for", e);
        }
    }

    @Override
    public long size(String key) {
        String place = place(key);
        try {
            return bytes(place);
        } catch (SdkException e) {
            throw unread(key, "cannot be measured", e);
        }
    }

    @Override
    public Stream<String> list(String prefix) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(settings.bucket())
                .prefix(settings.prefix() + prefix)
                .build();
        return Stream.iterate(page(prefix, request), Objects::nonNull, page -> pageAfter(prefix, request, page))
                .flatMap(page -> page.contents().stream())
                .map(S3Object::key)
                .map(place -> place.substring(settings.prefix().length()))
                // What some tools make to show a folder that is empty.
                .filter(key -> !key.isEmpty() && !key.endsWith("/"));
    }

    @Override
    public void delete(String key) {
        String place = place(key);
        try {
            s3.deleteObject(request -> request.bucket(settings.bucket()).key(place));
        } catch (SdkException e) {
            throw failed(key, "cannot be deleted", e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }

    private String place(String key) {
        return settings.prefix() + ObjectKey.check(key);
    }

    private GetObjectRequest asked(String place) {
        return GetObjectRequest.builder()
                .bucket(settings.bucket())
                .key(place)
                .checksumMode(ChecksumMode.ENABLED)
                .build();
    }

    private long bytes(String place) {
        return s3.headObject(request -> request.bucket(settings.bucket()).key(place))
                .contentLength();
    }

    /** The page that follows; null after the last, as {@link Stream#iterate} wants it. */
    private ListObjectsV2Response pageAfter(String prefix, ListObjectsV2Request request, ListObjectsV2Response page) {
        if (!page.isTruncated()) {
            return null;
        }
        return page(
                prefix,
                request.toBuilder()
                        .continuationToken(page.nextContinuationToken())
                        .build());
    }

    private ListObjectsV2Response page(String prefix, ListObjectsV2Request request) {
        try {
            return s3.listObjectsV2(request);
        } catch (SdkException e) {
            throw failed(prefix, "cannot be listed", e);
        }
    }

    private static Path copy(InputStream body, Path file) {
        try {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw RetryableException.create("it broke off: " + e.getMessage(), e);
        }
    }

    private Path scratchFile(String key) {
        try {
            return unfinished.create(key);
        } catch (IOException e) {
            throw new StoreException(
                    "%s: no scratch file in %s (%s)".formatted(key, settings.scratch(), e.getMessage()), e);
        }
    }

    private void send(String key, String place, Path file) {
        try {
            if (Files.size(file) > settings.partBytes()) {
                parted.send(place, ContentTypes.of(key), file);
                return;
            }
            s3.putObject(
                    request -> request.bucket(settings.bucket())
                            .key(place)
                            .contentType(ContentTypes.of(key))
                            .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                    RequestBody.fromFile(file));
        } catch (SdkException e) {
            throw failed(key, "cannot be stored", e);
        } catch (IOException e) {
            throw new StoreException(key + ": cannot be stored (" + e.getMessage() + ")", e);
        }
    }

    private StoreException unread(String key, String what, SdkException e) {
        return Refusal.isMissingObject(e) ? new MissingObjectException(key, settings.name()) : failed(key, what, e);
    }

    private StoreException failed(String key, String what, SdkException e) {
        return new StoreException("%s: %s (%s: %s)".formatted(key, what, settings.name(), Refusal.of(e)), e);
    }

    private record ScratchCopy(Path path, UnfinishedFiles unfinished) implements LocalObject {
        @Override
        public void close() {
            unfinished.remove(path);
        }
    }

    private final class ScratchUpload implements Upload {
        private final String key;
        private final String place;
        private final Path file;

        ScratchUpload(String key, String place, Path file) {
            this.key = key;
            this.place = place;
            this.file = file;
        }

        @Override
        public Path path() {
            return file;
        }

        @Override
        public void commit() {
            send(key, place, file);
        }

        @Override
        public void close() {
            unfinished.remove(file);
        }
    }
}
