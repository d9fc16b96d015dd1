package io.stemline.service;

import io.stemline.pipeline.store.FolderObjectStore;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.s3.S3ObjectStore;
import io.stemline.s3.S3Settings;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The object store that the settings ask for. */
final class ObjectStores {
    private static final String KIND = "stemline.store.kind";
    private static final String FOLDER = "stemline.store.folder";
    private static final String S3 = "stemline.store.s3";
    private static final String BUCKET = S3 + ".bucket";

    private ObjectStores() {}

    /**
     * Opens it.
     *
     * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
     * @throws io.stemline.pipeline.store.StoreException if the store cannot be reached
     */
    static ObjectStore open(StemlineConfig.Store config) {
        return switch (config.kind()) {
            case FOLDER -> FolderObjectStore.open(config.folder().orElseThrow(() -> missing(FOLDER, "folder")));
            case S3 ->
                S3ObjectStore.open(
                        settings(config.s3()),
                        DefaultCredentialsProvider.builder().build());
        };
    }

    /** Closes it, where it holds connections. */
    static void close(ObjectStore store) {
        if (store instanceof S3ObjectStore bucket) {
            bucket.close();
        }
    }

    static S3Settings settings(StemlineConfig.Store.S3 config) {
        String bucket = config.bucket().orElseThrow(() -> missing(BUCKET, "s3"));
        try {
            S3Settings settings = S3Settings.of(bucket, config.region(), config.scratch())
                    .withPrefix(config.prefix().orElse(""))
                    .withPathStyle(config.pathStyle());
            return config.endpoint().map(settings::withEndpoint).orElse(settings);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(S3 + ".*: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException missing(String key, String kind) {
        return new IllegalArgumentException("%s is not set, and %s is %s".formatted(key, KIND, kind));
    }
}
