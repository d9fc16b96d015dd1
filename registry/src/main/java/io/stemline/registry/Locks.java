package io.stemline.registry;

import org.jdbi.v3.core.Handle;

/** Locks that one transaction holds at a time, until it ends. */
final class Locks {
    private Locks() {}

    static void take(Handle transaction, String name) {
        transaction
                .createQuery("select 1 from (select pg_advisory_xact_lock(hashtext(:name))) as locked")
                .bind("name", name)
                .mapTo(Integer.class)
                .one();
    }
}
