package io.stemline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.pipeline.store.FolderObjectStore;
import io.stemline.pipeline.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredPackagesTest {
    private static final String PREFIX = "models/m-1/";

    @TempDir
    Path folder;

    private ObjectStore store;
    private Path model;

    @BeforeEach
    void aPackage() throws IOException {
        store = FolderObjectStore.open(folder.resolve("store"));
        model = Files.createDirectories(folder.resolve("models/m-1"));
        Files.createDirectories(model.resolve("saved-model/variables"));
        Files.writeString(model.resolve("model.json"), "card");
        Files.writeString(model.resolve("saved-model/variables/weights"), "weights");
    }

    @Test
    void aPackageComesBackAsItWasStored() throws IOException {
        // Given
        var packages = new StoredPackages(store);
        packages.put(PREFIX, model);

        // When
        Path copy = folder.resolve("copy/m-1");
        packages.copy("m-1", PREFIX, copy);

        // Then
        assertThat(copy.resolve("model.json")).hasContent("card");
        assertThat(copy.resolve("saved-model/variables/weights")).hasContent("weights");
    }

    @Test
    void thereIsAPackageOnceItsCardIsThere() {
        // Given
        var packages = new StoredPackages(store);
        store.put(PREFIX + "saved-model/variables/weights", model.resolve("saved-model/variables/weights"));

        // When, Then
        assertThat(packages.exists(PREFIX)).isFalse();
        assertThatThrownBy(() -> packages.copy("m-1", PREFIX, folder.resolve("copy/m-1")))
                .isInstanceOf(RegistryException.class)
                .hasMessage("model 'm-1': its package is not in the object store (models/m-1/)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "saved-model/../../outside", "/outside", "../m-1-too/outside"})
    void aFileThatWouldLieOutsideOfThePackageIsRefusedByNameAndNotWritten(String name) throws IOException {
        // Given
        var packages = new StoredPackages(listing(PREFIX + name));

        // When, Then
        assertThatThrownBy(() -> packages.copy("m-1", PREFIX, folder.resolve("copy/m-1")))
                .isInstanceOf(RegistryException.class)
                .hasMessage("model 'm-1': %s%s would lie outside of its package".formatted(PREFIX, name));
        try (Stream<Path> written = Files.walk(folder)) {
            assertThat(written).noneMatch(file -> file.endsWith("outside"));
        }
    }

    /** A store such as a bucket that others write to, too: it has a key that this program would not write. */
    private ObjectStore listing(String key) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    try {
                        return switch (method.getName()) {
                            case "list" -> Stream.of(key);
                            case "get" -> (InputStream) new ByteArrayInputStream("evil".getBytes());
                            default -> method.invoke(store, arguments);
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
