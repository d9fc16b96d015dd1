package io.stemline.ingest.console.catalogue;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.stemline.ingest.console.catalogue.CatalogueQuery.Condition;
import io.stemline.ingest.settings.IngestConfig;
import io.stemline.pipeline.store.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Entries as a manifest that can be submitted again: CSV with path, title, artist, album and ISRC, row by row from the database. */
@Singleton
final class ManifestExport {
    private static final int ROWS_AT_ONCE = 500;
    private static final CsvSchema COLUMNS = CsvSchema.builder()
            .addColumn("path")
            .addColumn("title")
            .addColumn("artist")
            .addColumn("album")
            .addColumn("isrc")
            .build()
            .withHeader();
    private static final String SELECT = """
            select i.path, coalesce(i.title, t.title) as title, coalesce(i.artist, t.artist) as artist,
                   coalesce(i.album, t.album) as album, coalesce(i.isrc, t.isrc) as isrc, t.object
            from batch_item i left join track t using (track_id)
            where i.item_id in (select item_id from batch_item where %s) order by i.batch_id, i.position
            """;

    private final Jdbi database;
    private final ObjectStore store;
    private final Path uploads;

    ManifestExport(Jdbi database, ObjectStore store, IngestConfig config) {
        this.database = database;
        this.store = store;
        this.uploads = config.uploads().toAbsolutePath();
    }

    void write(Selection selection, OutputStream output) throws IOException {
        Condition condition = selection.condition();
        database.<IOException>useTransaction(transaction -> {
            try (Stream<String[]> rows = transaction
                            .createQuery(SELECT.formatted(condition.sql()))
                            .bindMap(condition.values())
                            .setFetchSize(ROWS_AT_ONCE)
                            .map((row, context) -> new String[] {
                                pathOf(row.getString("path"), row.getString("object")),
                                row.getString("title"),
                                row.getString("artist"),
                                row.getString("album"),
                                row.getString("isrc")
                            })
                            .stream();
                    SequenceWriter lines = new CsvMapper().writer(COLUMNS).writeValues(output)) {
                for (Iterator<String[]> row = rows.iterator(); row.hasNext(); ) {
                    lines.write(Arrays.asList(row.next()));
                }
            }
        });
    }

    /** An upload is only in the store by now. */
    private String pathOf(String path, String object) {
        if (object == null || !Path.of(path).startsWith(uploads)) {
            return path;
        }
        try (ObjectStore.LocalObject file = store.fetch(object)) {
            return file.path().toString();
        }
    }
}
