package io.stemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stemline.pipeline.store.FolderObjectStore;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectStoresTest {

    @TempDir
    private Path folder;

    @Test
    void aFolderIsWhatThereIsUnlessSomethingElseIsSaid() {
        // When
        ObjectStore store = ObjectStores.open(config(Map.of("stemline.store.folder", folder.toString())));

        // Then
        assertThat(store).isInstanceOf(FolderObjectStore.class);
    }

    @Test
    void aFolderThatIsNotSaidIsNamed() {
        // When
        assertThatThrownBy(() -> ObjectStores.open(config(Map.of())))

                // Then
                .hasMessage("stemline.store.folder is not set, and stemline.store.kind is folder");
    }

    @Test
    void aBucketThatIsNotSaidIsNamed() {
        // When
        assertThatThrownBy(() -> ObjectStores.open(config(Map.of("stemline.store.kind", "s3"))))

                // Then
                .hasMessage("stemline.store.s3.bucket is not set, and stemline.store.kind is s3");
    }

    @Test
    void aKindThatIsNoneIsNamedWithItsKey() {
        // When
        assertThatThrownBy(() -> config(Map.of("stemline.store.kind", "tape")))

                // Then
                .hasMessageContaining("stemline.store.kind")
                .hasMessageContaining("tape");
    }

    @Test
    void aWrongSettingIsSaidWithWhereItIsSet() {
        // When
        assertThatThrownBy(() -> settings(Map.of("stemline.store.s3.prefix", "catalogue")))

                // Then
                .hasMessage("stemline.store.s3.*: the prefix 'catalogue' does not end with a slash");
        assertThatThrownBy(() -> settings(Map.of("stemline.store.s3.endpoint", "minio:9000")))
                .hasMessageStartingWith("stemline.store.s3.*: the endpoint 'minio:9000' is not an address");
    }

    @Test
    void everySettingOfABucketArrives() {
        // When
        S3Settings settings = settings(Map.of(
                "stemline.store.s3.prefix", "catalogue/",
                "stemline.store.s3.region", "eu-central-1",
                "stemline.store.s3.endpoint", "http://minio:9000",
                "stemline.store.s3.path-style", "true",
                "stemline.store.s3.scratch", folder.toString()));

        // Then
        assertThat(settings)
                .isEqualTo(S3Settings.of("music", "eu-central-1", folder)
                        .withPrefix("catalogue/")
                        .withEndpoint(URI.create("http://minio:9000"))
                        .withPathStyle(true));
    }

    private static S3Settings settings(Map<String, String> set) {
        var all = new java.util.HashMap<>(set);
        all.put("stemline.store.s3.bucket", "music");
        return ObjectStores.settings(config(all).s3());
    }

    private static StemlineConfig.Store config(Map<String, String> set) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addSystemSources()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(set, "the test", 500))
                .withMapping(StemlineConfig.class)
                .withMappingIgnore("stemline.**")
                .build();
        return config.getConfigMapping(StemlineConfig.class).store();
    }
}
