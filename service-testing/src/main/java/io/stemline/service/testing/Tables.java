package io.stemline.service.testing;

import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The tables of the database that the service under test is using at the same time. */
public final class Tables {
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final int ATTEMPTS = 20;

    private Tables() {}

    /**
     * Empties tables, and those that refer to them. The service's own threads read meanwhile, and lock the tables in an
     * order of their own: when the database ends this side of a deadlock, it is tried again.
     */
    public static void clear(Jdbi database, String... tables) {
        String truncate = "truncate " + String.join(", ", tables) + " cascade";
        for (int attempt = 1; ; attempt++) {
            try {
                database.useHandle(handle -> handle.execute(truncate));
                return;
            } catch (JdbiException e) {
                if (!isDeadlock(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static boolean isDeadlock(JdbiException e) {
        return e.getCause() instanceof SQLException cause && DEADLOCK_DETECTED.equals(cause.getSQLState());
    }
}
