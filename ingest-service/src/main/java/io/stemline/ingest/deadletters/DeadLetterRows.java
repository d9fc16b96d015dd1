package io.stemline.ingest.deadletters;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.service.ItemStates;
import io.stemline.service.JsonColumns;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The dead letters in the database. */
@Singleton
final class DeadLetterRows {
    private static final int VALUE_SHOWN_CHARS = 20_000;

    private static final String INSERT = """
            insert into dead_letter (dead_letter_id, topic, partition, log_offset, event_key, event_id, service, reason,
                                     attempt, exception, stack, headers, value, item_id, created_at)
            values (:id, :topic, :partition, :offset, :key, :eventId, :service, :reason,
                    :attempt, :exception, :stack, :headers::jsonb, :value,
                    (select item_id from batch_item where item_id = :itemId), :createdAt)
            on conflict (dead_letter_id) do nothing
            """;

    private static final String SELECT = """
            select d.*, i.name from dead_letter d left join batch_item i using (item_id)
            """;

    private final Jdbi database;
    private final JsonColumns columns;
    private final ObjectMapper json;
    private final LostRequests requests;

    DeadLetterRows(Jdbi database, JsonColumns columns, ObjectMapper json, LostRequests requests) {
        this.database = database;
        this.columns = columns;
        this.json = json;
        this.requests = requests;
    }

    /**
     * Notes letters, once each, and marks the entries that they are about as failed, unless they are done, and closes the
     * requests that they are about.
     */
    void record(List<DeadLetter> letters) {
        database.useTransaction(transaction -> letters.forEach(letter -> record(transaction, letter)));
    }

    private void record(Handle transaction, DeadLetter letter) {
        Optional<String> itemId = itemOf(letter);
        int inserted = transaction
                .createUpdate(INSERT)
                .bind("id", idOf(letter))
                .bind("topic", letter.place().topic())
                .bind("partition", letter.place().partition())
                .bind("offset", letter.place().offset())
                .bind("key", letter.original().key())
                .bind("eventId", letter.eventId())
                .bind("service", letter.failure().service())
                .bind("reason", letter.failure().reason())
                .bind("attempt", letter.failure().attempt())
                .bind("exception", letter.failure().exception())
                .bind("stack", letter.failure().stack())
                .bind(
                        "headers",
                        columns.write(letter.original().headers().stream()
                                .map(StoredHeader::of)
                                .toList()))
                .bind("value", letter.original().value().orElse(null))
                .bind("itemId", itemId)
                .bind("createdAt", letter.failure().time().atOffset(ZoneOffset.UTC))
                .execute();
        if (inserted == 1) {
            itemId.ifPresent(item ->
                    ItemStates.givenUp(transaction, item, letter.failure().reason()));
            requests.close(transaction, letter);
        }
    }

    /** Letters that nobody has dealt with yet, newest first. */
    List<DeadLetterView> open(int offset, int limit) {
        return database.withHandle(
                handle -> handle.createQuery(SELECT + "where retried_at is null and dropped_at is null"
                                + " order by d.created_at desc, dead_letter_id limit :limit offset :offset")
                        .bind("limit", limit)
                        .bind("offset", offset)
                        .map(this::view)
                        .list());
    }

    /** Ids of all letters that nobody has dealt with yet, oldest first. */
    List<String> openIds() {
        return database.withHandle(handle -> handle.createQuery(
                        "select dead_letter_id from dead_letter where retried_at is null and dropped_at is null"
                                + " order by created_at, dead_letter_id")
                .mapTo(String.class)
                .list());
    }

    /** Those of the letters that nobody has dealt with yet, oldest first. */
    List<String> openAmong(List<String> ids) {
        return database.withHandle(handle -> handle.createQuery(
                        "select dead_letter_id from dead_letter where retried_at is null and dropped_at is null"
                                + " and dead_letter_id = any(:ids) order by created_at, dead_letter_id")
                .bindArray("ids", String.class, ids)
                .mapTo(String.class)
                .list());
    }

    /** Lets letters rest, and returns how many of them nobody had dealt with. */
    int drop(List<String> ids) {
        return database.withHandle(handle -> handle.createUpdate(
                        "update dead_letter set dropped_at = now() where dead_letter_id = any(:ids)"
                                + " and retried_at is null and dropped_at is null")
                .bindArray("ids", String.class, ids)
                .execute());
    }

    Optional<DeadLetterView> find(String id) {
        return database.withHandle(handle -> handle.createQuery(SELECT + "where dead_letter_id = :id")
                .bind("id", id)
                .map(this::view)
                .findOne());
    }

    /** The letter as it was on its topic. */
    Optional<DeadLetter> letter(String id) {
        return database.withHandle(handle -> handle.createQuery(SELECT + "where dead_letter_id = :id")
                .bind("id", id)
                .map((row, context) -> letter(row))
                .findOne());
    }

    /**
     * Sends a letter through again, and marks it and its entry or request so. The record is published before the marks are committed: a crash in
     * between publishes it once more, which does no harm, where the other order would lose it. A new failure waits for the commit.
     */
    void retry(String id, DeadLetter letter, Republishing publishing) throws InterruptedException {
        database.<InterruptedException>useTransaction(transaction -> {
            transaction
                    .createUpdate("update dead_letter set retried_at = now() where dead_letter_id = :id")
                    .bind("id", id)
                    .execute();
            transaction.createUpdate("""
                            update batch_item set reason = null, changed_at = clock_timestamp(),
                                   state = case when separation_id is null then 'QUEUED' else 'SEPARATED' end
                            where item_id = (select item_id from dead_letter where dead_letter_id = :id)
                              and state = 'FAILED'
                            """).bind("id", id).execute();
            requests.open(transaction, letter);
            publishing.publish();
        });
    }

    /** Puts a record back on its topic. */
    @FunctionalInterface
    interface Republishing {
        void publish() throws InterruptedException;
    }

    /** Slashes have no place in an id that is part of an address. */
    private static String idOf(DeadLetter letter) {
        return letter.id().replace('/', ':');
    }

    private Optional<String> itemOf(DeadLetter letter) {
        return letter.original().value().flatMap(value -> {
            try {
                JsonNode item = json.readTree(value).at("/origin/itemId");
                return item.isTextual() ? Optional.of(item.asText()) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    private DeadLetterView view(ResultSet row, StatementContext context) throws SQLException {
        byte[] value = row.getBytes("value");
        String text = value == null ? "" : new String(value, StandardCharsets.UTF_8);
        return new DeadLetterView(
                row.getString("dead_letter_id"),
                row.getString("topic"),
                row.getString("service"),
                row.getString("reason"),
                row.getInt("attempt"),
                Optional.ofNullable(row.getString("event_id")),
                Optional.ofNullable(row.getString("item_id")),
                Optional.ofNullable(row.getString("name")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("retried_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getString("stack"),
                text.length() <= VALUE_SHOWN_CHARS ? text : text.substring(0, VALUE_SHOWN_CHARS));
    }

    private DeadLetter letter(ResultSet row) throws SQLException {
        List<Header> headers = columns.list(row, "headers", new TypeReference<List<StoredHeader>>() {}).stream()
                .map(StoredHeader::header)
                .toList();
        return new DeadLetter(
                new DeadLetter.Original(
                        Optional.ofNullable(row.getString("event_key")),
                        Optional.ofNullable(row.getBytes("value")),
                        headers),
                new DeadLetter.Place(row.getString("topic"), row.getInt("partition"), row.getLong("log_offset")),
                new DeadLetter.Failure(
                        row.getString("reason"),
                        row.getString("service"),
                        row.getInt("attempt"),
                        row.getString("exception"),
                        row.getString("stack"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()));
    }

    /** A Kafka header in JSON; its bytes in Base64. */
    record StoredHeader(String key, Optional<String> base64) {
        static StoredHeader of(Header header) {
            return new StoredHeader(
                    header.key(), Optional.ofNullable(header.value()).map(Base64.getEncoder()::encodeToString));
        }

        Header header() {
            return new RecordHeader(key, base64.map(Base64.getDecoder()::decode).orElse(null));
        }
    }
}
