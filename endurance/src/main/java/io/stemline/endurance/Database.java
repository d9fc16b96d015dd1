package io.stemline.endurance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stack's database, asked by connections of one question each, as it may be gone at any moment. */
public final class Database {
    private final String url;

    /** The embedded server on a port of this machine. */
    public Database(int port) {
        this.url = "jdbc:postgresql://127.0.0.1:" + port + "/stemline?connectTimeout=5&socketTimeout=60";
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    public <T> List<T> list(String query, Reader<T> reader) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            var read = new ArrayList<T>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    /** The first column of every row. */
    public List<String> texts(String query) throws SQLException {
        return list(query, row -> row.getString(1));
    }

    /** The first column of the first row, if there is one. */
    public Optional<Long> number(String query) throws SQLException {
        return list(query, row -> row.getLong(1)).stream().findFirst();
    }
}
