package io.stemline.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads and writes the JSON and array columns of the tables. What a later version wrote beside is passed over. */
@Singleton
public final class JsonColumns {
    private final ObjectMapper json;
    private final ObjectWriter writer;

    public JsonColumns(ObjectMapper json) {
        this.json = json;
        this.writer = json.writer(new StorableText.InJson());
    }

    /** The list in a JSON column; empty where the column is null. */
    public <T> List<T> list(ResultSet row, String column, TypeReference<List<T>> type) throws SQLException {
        String array = row.getString(column);
        try {
            return array == null
                    ? List.of()
                    : json.readerFor(type)
                            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                            .readValue(array);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "column %s is not the JSON that was written: %s".formatted(column, array), e);
        }
    }

    /** Whatever is in a JSON column; empty where the column is null. */
    public Optional<JsonNode> tree(ResultSet row, String column) throws SQLException {
        String value = row.getString(column);
        try {
            return value == null ? Optional.empty() : Optional.of(json.readTree(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("column %s is not JSON: %s".formatted(column, value), e);
        }
    }

    /** The texts in a {@code text[]} column; empty where the column is null. */
    public static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    public String write(Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value, e);
        }
    }
}
