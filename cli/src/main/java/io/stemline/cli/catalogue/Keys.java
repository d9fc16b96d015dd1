package io.stemline.cli.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;

/** Asks the catalogue about keys. */
public final class Keys {

    private final Catalogue catalogue;

    public Keys(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A key without what its holder knows. */
    public record Key(String name, String role, String createdAt) {}

    /**
     * A key that was made.
     *
     * @param key what its holder sends; told only now
     */
    public record Made(String name, String role, String key) {}

    /** Makes a key. */
    public Made add(String name, String role) {
        return catalogue.post(
                "/api/keys",
                "application/json",
                Catalogue.write(Map.of("name", name, "role", role)),
                new TypeReference<>() {});
    }

    /** All keys by name. */
    public List<Key> all() {
        return catalogue.read(catalogue.get("/api/keys"), new TypeReference<>() {});
    }

    /** Revokes a key. */
    public void revoke(String name) {
        catalogue.delete("/api/keys/" + Catalogue.encoded(name));
    }
}
