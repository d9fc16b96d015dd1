package io.stemline.ingest.console.catalogue;

import io.stemline.ingest.batches.ItemState;
import io.stemline.ingest.console.catalogue.CatalogueQuery.Condition;
import io.stemline.ingest.console.catalogue.CatalogueQuery.Place;
import io.stemline.ingest.problems.ProblemException;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Looks into the catalogue. */
@Singleton
final class Catalogue {
    private static final int COUNTED_TO = 10_000;
    private static final String BAD_VALUE = "22"; // the class of PostgreSQL's errors about values

    private static final String SELECT = """
            select item_id, batch_id, shown_title, shown_artist, state, reason, track_id, separation_id, shown_model,
                   sdr_db, length_seconds, changed_at, %s,
                   (select name from batch where batch.batch_id = batch_item.batch_id) as batch_name
            from %s where %s %s limit :limit
            """;

    /** All entries that match, found by what they match, and not by walking along the order until enough of them were met. */
    private static final String FEW = "with matching as materialized (select * from batch_item where %s) ";

    /** Models without reading every separation: from one to the next along the index. */
    private static final String MODELS = """
            with recursive model as (
                (select model_id from separation order by model_id limit 1)
                union all
                select (select s.model_id from separation s where s.model_id > m.model_id order by s.model_id limit 1)
                from model m where m.model_id is not null)
            select model_id from model where model_id is not null
            """;

    private final Jdbi database;

    Catalogue(Jdbi database) {
        this.database = database;
    }

    CatalogueView page(CatalogueQuery query, int limit) {
        int matches = count(query);
        List<Row> rows = rows(query, matches, limit + 1);
        boolean more = rows.size() > limit;
        List<Row> shown = more ? rows.subList(0, limit) : rows;
        return new CatalogueView(
                shown.stream().map(Row::entry).toList(),
                matches,
                COUNTED_TO,
                more ? Optional.of(shown.getLast().place().spelling()) : Optional.empty());
    }

    private List<Row> rows(CatalogueQuery query, int matches, int limit) {
        Condition condition = query.condition();
        String after = query.after().isEmpty() ? "true" : query.sort().behind(query.descending());
        String columns = query.sort().columns();
        String order = query.sort().order(query.descending());
        boolean few = condition.isOne() && matches <= COUNTED_TO;
        String sql = few
                ? FEW.formatted(condition.sql()) + SELECT.formatted(columns, "matching as batch_item", after, order)
                : SELECT.formatted(columns, "batch_item", condition.sql() + " and " + after, order);
        try {
            return database.withHandle(handle -> {
                Query select =
                        handle.createQuery(sql).bindMap(condition.values()).bind("limit", limit);
                query.after()
                        .ifPresent(place -> select.bind("afterKey", place.key()).bind("afterSecond", place.second()));
                return select.map((row, context) -> new Row(row)).list();
            });
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException sqlFailure
                    && String.valueOf(sqlFailure.getSQLState()).startsWith(BAD_VALUE)) {
                throw ProblemException.malformed("the page asked for is not one of this order of the catalogue");
            }
            throw e;
        }
    }

    private int count(CatalogueQuery query) {
        Condition condition = query.condition();
        return database.withHandle(handle -> handle.createQuery(
                        "select count(*) from (select 1 from batch_item where %s limit :limit) matching"
                                .formatted(condition.sql()))
                .bindMap(condition.values())
                .bind("limit", COUNTED_TO + 1)
                .mapTo(int.class)
                .one());
    }

    /** Ids of all models that ever separated. */
    List<String> models() {
        return database.withHandle(
                handle -> handle.createQuery(MODELS).mapTo(String.class).list());
    }

    Optional<String> batchName(String batchId) {
        return database.withHandle(handle -> handle.createQuery("select name from batch where batch_id = :id")
                .bind("id", batchId)
                .mapTo(String.class)
                .findOne());
    }

    private record Row(CatalogueEntry entry, Place place) {
        Row(ResultSet row) throws SQLException {
            this(
                    new CatalogueEntry(
                            row.getString("item_id"),
                            row.getString("batch_id"),
                            row.getString("batch_name"),
                            row.getString("shown_title"),
                            Optional.of(row.getString("shown_artist")).filter(artist -> !artist.isEmpty()),
                            ItemState.valueOf(row.getString("state")),
                            Optional.ofNullable(row.getString("reason")),
                            Optional.ofNullable(row.getString("track_id")),
                            Optional.ofNullable(row.getString("separation_id")),
                            Optional.ofNullable(row.getString("shown_model")),
                            Optional.ofNullable(row.getObject("sdr_db", Double.class)),
                            Optional.ofNullable(row.getObject("length_seconds", Double.class)),
                            row.getObject("changed_at", OffsetDateTime.class).toInstant()),
                    new Place(row.getString("sort_key"), row.getString("second_key")));
        }
    }
}
