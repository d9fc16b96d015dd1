package io.stemline.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class S3SettingsTest {
    private static final S3Settings SETTINGS = S3Settings.of("music", "us-east-1", Path.of("scratch"));

    @ParameterizedTest
    @ValueSource(strings = {"catalogue", "/catalogue/", "/"})
    void aPrefixThatIsNoFolderIsRefused(String prefix) {
        // When
        assertThatThrownBy(() -> SETTINGS.withPrefix(prefix))

                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the prefix '" + prefix + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio:9000", "localhost", "ftp://minio", "http:///bucket"})
    void anEndpointThatIsNoAddressIsRefused(String address) {
        // Given
        URI endpoint = URI.create(address);

        // When
        assertThatThrownBy(() -> SETTINGS.withEndpoint(endpoint))

                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the endpoint '" + address + "' is not an address such as https://minio.example.com:9000");
    }

    @Test
    void partsAreNotSmallerThanAServerTakes() {
        // When
        assertThatThrownBy(() -> SETTINGS.withPartBytes((5 << 20) - 1))

                // Then
                .hasMessageContaining("5 MiB");
        assertThat(SETTINGS.withPartBytes(5 << 20).partBytes()).isEqualTo(5 << 20);
    }
}
