package io.stemline.ingest.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stemline.pipeline.store.ObjectStore;
import io.stemline.pipeline.store.StoreException;
import io.stemline.registry.RegisteredModel;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The texts that models bring with them, for people. */
@Singleton
final class ModelTexts {
    private static final String FILE = "MODEL_CARD.md";
    private static final int MOST_BYTES = 1 << 18;

    private final ObjectStore store;

    ModelTexts(ObjectStore store) {
        this.store = store;
    }

    /** The text in a model's package, Markdown; empty where there is none. One that goes on and on ends early. */
    Optional<String> of(RegisteredModel model) {
        String key = model.packagePrefix() + FILE;
        if (!store.exists(key)) {
            return Optional.empty();
        }
        try (InputStream content = store.get(key)) {
            return Optional.of(new String(content.readNBytes(MOST_BYTES), UTF_8));
        } catch (IOException e) {
            throw new StoreException(key + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
