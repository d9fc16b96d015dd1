package io.stemline.service.testing;

import java.util.Map;

/** A broker, an empty database and an object store, each of them running. */
interface Servers extends AutoCloseable {

    /** What clients of the broker call {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Where the database is. */
    String jdbcUrl();

    /** Who may do everything in it. */
    String user();

    /** The user's password. */
    String password();

    /** The settings under which a service finds the object store. */
    Map<String, String> store();

    @Override
    void close();
}
