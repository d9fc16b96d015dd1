package io.stemline.ingest.access;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Browsers that logged in. They stand in the database, so that every ingest-service knows them and none outlives its key. */
@Singleton
final class Sessions {
    /** A working day, so that nobody logs in twice in one, and a forgotten browser is out by the next. */
    static final Duration LENGTH = Duration.ofHours(12);

    private final Jdbi database;

    Sessions(Jdbi database) {
        this.database = database;
    }

    /** Begins one; empty if there is no such key. */
    Optional<String> begin(String key) {
        String session = Secrets.fresh();
        int begun = database.inTransaction(handle -> {
            handle.execute("delete from console_session where expires_at < now()");
            return handle.createUpdate("""
                            insert into console_session (session_sha256, key_sha256, expires_at)
                            select :session, key_sha256, now() + :seconds * interval '1 second'
                            from api_key where key_sha256 = :key
                            """)
                    .bind("session", Secrets.sha256(session))
                    .bind("key", Secrets.sha256(key))
                    .bind("seconds", LENGTH.toSeconds())
                    .execute();
        });
        return begun == 1 ? Optional.of(session) : Optional.empty();
    }

    void end(String session) {
        database.useHandle(handle -> handle.createUpdate("delete from console_session where session_sha256 = :session")
                .bind("session", Secrets.sha256(session))
                .execute());
    }

    Optional<Caller> callerIn(String session) {
        return database.withHandle(handle -> handle.createQuery("""
                        select name, role from console_session join api_key using (key_sha256)
                        where session_sha256 = :session and expires_at > now()
                        """)
                .bind("session", Secrets.sha256(session))
                .map((row, context) -> new Caller(row.getString("name"), Role.valueOf(row.getString("role"))))
                .findOne());
    }
}
