package io.stemline.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** The version of the tables. One service migrates; the others wait here until the version that they need is there. */
public final class TableVersion {
    /** The newest migration in {@code db/migration}. */
    public static final int CURRENT = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final String NEWEST_APPLIED =
            "select coalesce(max(version::int), 0) from flyway_schema_history where success and version is not null";

    private TableVersion() {}

    /**
     * Returns once the tables are at {@code version} or later.
     *
     * @throws IllegalStateException if they are not within {@code patience}; the message says what was found
     */
    public static void await(DataSource database, int version, Duration patience) throws InterruptedException {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        String found = look(database, version);
        while (!found.isEmpty()) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "the tables are not at version %d after %d s (%s): is ingest-service, which migrates them, running?"
                                .formatted(version, patience.toSeconds(), found));
            }
            Thread.sleep(BETWEEN_LOOKS);
            found = look(database, version);
        }
    }

    /** Empty when the version is there, else what was found instead. */
    private static String look(DataSource database, int version) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NEWEST_APPLIED)) {
            row.next();
            int applied = row.getInt(1);
            return applied >= version ? "" : "version " + applied;
        } catch (SQLException e) {
            return e.getMessage();
        }
    }
}
