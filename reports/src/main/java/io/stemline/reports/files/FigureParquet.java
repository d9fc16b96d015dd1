package io.stemline.reports.files;

import blue.strategic.parquet.ParquetWriter;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.Windows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * All figures in long form as Parquet, a row a figure: {@code method, track, stem, metric} as text, {@code time, duration} (null
 * where a figure is of the whole track) and {@code value} as doubles, NaN where it is not defined.
 */
final class FigureParquet {
    private static final MessageType SCHEMA = new MessageType(
            "figures",
            text("method"),
            text("track"),
            text("stem"),
            text("metric"),
            Types.optional(PrimitiveTypeName.DOUBLE).named("time"),
            Types.optional(PrimitiveTypeName.DOUBLE).named("duration"),
            Types.required(PrimitiveTypeName.DOUBLE).named("value"));

    private FigureParquet() {}

    private static Type text(String name) {
        return Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }

    private record Row(
            String method, String track, String stem, String metric, Windows windows, int window, double figure) {}

    /** The library writes files alone, as the end of a Parquet file says where its parts begin. */
    static void write(ScoreTable table, OutputStream stream) throws IOException {
        Path file = Files.createTempFile("figures", ".parquet");
        try {
            write(table, file);
            Files.copy(file, stream);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(ScoreTable table, Path file) throws IOException {
        try (ParquetWriter<Row> writer = ParquetWriter.writeFile(SCHEMA, file.toFile(), (row, columns) -> {
            columns.write("method", row.method);
            columns.write("track", row.track);
            columns.write("stem", row.stem);
            columns.write("metric", row.metric);
            if (!row.windows.isWholeTrack()) {
                columns.write("time", row.window * row.windows.hopSeconds());
                columns.write("duration", row.windows.lengthSeconds());
            }
            columns.write("value", row.figure);
        })) {
            table.forEachSeries((method, track, stem, metric, windows, figures) -> {
                for (int window = 0; window < figures.length; window++) {
                    try {
                        writer.write(new Row(
                                table.methods().get(method).id(),
                                table.tracks().get(track).name(),
                                table.stems().get(stem),
                                table.metrics().get(metric),
                                windows,
                                window,
                                figures[window]));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
