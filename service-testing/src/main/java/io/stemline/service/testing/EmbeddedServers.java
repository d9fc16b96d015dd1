package io.stemline.service.testing;

import io.stemline.local.EmbeddedDatabase;
import io.stemline.local.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Map;

/** Broker and database of this machine's own, without containers; the object store is a folder. */
record EmbeddedServers(EmbeddedKafka kafka, EmbeddedDatabase database, Path objects) implements Servers {

    static EmbeddedServers start(Path folder) {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), EmbeddedKafka.Settings.defaults());
        try {
            return new EmbeddedServers(
                    kafka,
                    EmbeddedDatabase.start(folder.resolve("database"), EmbeddedDatabase.Settings.defaults()),
                    folder.resolve("objects"));
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public String jdbcUrl() {
        return database.jdbcUrl();
    }

    @Override
    public String user() {
        return database.user();
    }

    @Override
    public String password() {
        return database.password();
    }

    @Override
    public Map<String, String> store() {
        return Map.of("stemline.store.folder", objects.toString());
    }

    @Override
    public void close() {
        kafka.close();
        database.close();
    }
}
