package io.stemline.separator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.pipeline.store.FolderObjectStore;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.StoredPackages;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageCacheTest {
    private static final String PREFIX = "models/model-a/";

    @TempDir
    Path folder;

    private ObjectStore store;
    private PackageCache cache;
    private String weights;

    @BeforeEach
    void storeAPackage() throws IOException {
        store = FolderObjectStore.open(folder.resolve("store"));
        cache = new PackageCache(folder.resolve("cache"), store);
        ModelPackage original = TestPackages.create(folder.resolve("models"), "model-a");
        weights = original.card().weights().orElseThrow().sha256();
        new StoredPackages(store).put(PREFIX, original.folder());
    }

    @Test
    void workersThatWantAPackageAtTheSameTimeAllGetItAndLeaveNothingUnfinished() throws Exception {
        // Given
        Callable<ModelPackage> wanting =
                () -> new PackageCache(folder.resolve("cache"), store).get("model-a", PREFIX, weights);

        // When
        try (var workers = Executors.newFixedThreadPool(6)) {
            for (var got : workers.invokeAll(Collections.nCopies(6, wanting))) {

                // Then
                assertThat(got.get().card().id()).isEqualTo("model-a");
            }
        }
        try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
            assertThat(left).containsExactly(folder.resolve("cache").resolve("model-a-" + weights));
        }
    }

    @Test
    void aPackageThatIsDamagedInTheCacheIsFetchedAgain() throws IOException {
        // Given
        Path saved = cache.get("model-a", PREFIX, weights).savedModel().resolve("saved_model.pb");
        Files.writeString(saved, "damaged");

        // When
        ModelPackage again = cache.get("model-a", PREFIX, weights);

        // Then
        assertThat(again.savedModel().resolve("saved_model.pb")).isNotEmptyFile();
        assertThat(Files.size(saved)).isGreaterThan(7);
    }

    @Test
    void aPackageThatIsDamagedInTheStoreIsRefusedByNameAndNotKept() throws IOException {
        // Given
        store.put(PREFIX + "saved-model/saved_model.pb", new ByteArrayInputStream("damaged".getBytes()));

        // When, Then
        assertThatThrownBy(() -> cache.get("model-a", PREFIX, weights))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the weights are not those of the card");
        try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aPackageWithOtherWeightsThanRegisteredIsRefused() {
        // Given
        String others = "0".repeat(64);

        // When, Then
        assertThatThrownBy(() -> cache.get("model-a", PREFIX, others))
                .isInstanceOf(ModelException.class)
                .hasMessage("model 'model-a': its package has other weights (%s) than those that were registered (%s)"
                        .formatted(weights, others));
    }

    @Test
    void aPackageThatIsNotInTheStoreIsMissedByName() {
        // Given, When, Then
        assertThatThrownBy(() -> cache.get("model-b", "models/model-b/", weights))
                .isInstanceOf(ModelException.class)
                .hasMessage("model 'model-b': its package is not in the object store (models/model-b/)");
    }

    @Test
    void anIdThatLeadsOutOfTheCacheIsRefused() {
        // Given, When, Then
        assertThatThrownBy(() -> cache.get("../outside", PREFIX, weights))
                .isInstanceOf(ModelException.class)
                .hasMessage("'../outside' cannot be the id of a model");
    }
}
