package io.stemline.ingest.access;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The keys in the database, as hashes: a key is told once, to the one who makes it. */
@Singleton
final class Keys {
    /** The name of the key that the settings give. */
    static final String OF_THE_SETTINGS = "settings";

    private static final String PREFIX = "stemline_";

    private final Jdbi database;

    Keys(Jdbi database) {
        this.database = database;
    }

    /** What may be told of a key. */
    record Listed(String name, Role role, Instant createdAt) {}

    /** A key of its own for somebody; empty if the name is taken. */
    Optional<String> add(String name, Role role) {
        String key = PREFIX + Secrets.fresh();
        return insert(name, role, Secrets.sha256(key)) ? Optional.of(key) : Optional.empty();
    }

    private boolean insert(String name, Role role, String sha256) {
        return database.withHandle(handle -> handle.createUpdate(
                                "insert into api_key (name, role, key_sha256) values (:name, :role, :sha256) on conflict (name) do nothing")
                        .bind("name", name)
                        .bind("role", role.name())
                        .bind("sha256", sha256)
                        .execute())
                == 1;
    }

    List<Listed> all() {
        return database.withHandle(handle -> handle.createQuery("select * from api_key order by name")
                .map((row, context) -> new Listed(
                        row.getString("name"),
                        Role.valueOf(row.getString("role")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** Ends a key and what was logged in with it; whether there was one. */
    boolean revoke(String name) {
        return database.withHandle(handle -> handle.createUpdate("delete from api_key where name = :name")
                        .bind("name", name)
                        .execute())
                == 1;
    }

    Optional<Caller> callerWith(String key) {
        return database.withHandle(handle -> handle.createQuery(
                        "select name, role from api_key where key_sha256 = :sha256")
                .bind("sha256", Secrets.sha256(key))
                .map((row, context) -> new Caller(row.getString("name"), Role.valueOf(row.getString("role"))))
                .findOne());
    }

    /** Makes the settings' key valid, and any that they had before invalid. */
    void setThatOfTheSettings(Optional<String> key) {
        String sha256 = key.map(Secrets::sha256).orElse("");
        database.useHandle(
                handle -> handle.createUpdate("delete from api_key where name = :name and key_sha256 <> :sha256")
                        .bind("name", OF_THE_SETTINGS)
                        .bind("sha256", sha256)
                        .execute());
        if (key.isPresent()) {
            insert(OF_THE_SETTINGS, Role.ADMIN, sha256);
        }
    }

    boolean holdAnAdmin() {
        return all().stream().anyMatch(key -> key.role() == Role.ADMIN);
    }
}
