package io.stemline.reports.museval;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.Windows;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes scores as museval does, {@code <method>/test/<track>.json}, which its {@code MethodStore} reads: windows of SDR, SIR,
 * SAR and ISR in five decimals, halves to even, what is undefined or infinite as the literal {@code NaN}. The format has no place
 * for figures of whole tracks.
 */
public final class MusevalWriter {
    private static final String MUSEVAL_VERSION = "0.4.1";
    private static final List<String> METRICS = List.of("SDR", "SIR", "SAR", "ISR");
    private static final int DECIMALS = 5;
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final ScoreTable table;
    private final int[] metrics;

    public MusevalWriter(ScoreTable table) {
        this.table = table;
        this.metrics = METRICS.stream().mapToInt(table.metrics()::indexOf).toArray();
    }

    /**
     * Writes everything into a folder.
     *
     * @return how many files were written
     * @throws IOException if a file cannot be written
     */
    public int write(Path folder) throws IOException {
        int files = 0;
        for (int method = 0; method < table.methods().size(); method++) {
            Path tracks =
                    folder.resolve(fileName(table.methods().get(method).id())).resolve("test");
            for (int track = 0; track < table.tracks().size(); track++) {
                if (hasWindows(method, track)) {
                    Files.createDirectories(tracks);
                    write(
                            method,
                            track,
                            tracks.resolve(fileName(table.tracks().get(track).name()) + ".json"));
                    files++;
                }
            }
        }
        return files;
    }

    private static String fileName(String name) {
        String safe = name.replaceAll("[/\\\\\\x00-\\x1f]", "-");
        return safe.startsWith(".") ? "_" + safe : safe;
    }

    private boolean hasWindows(int method, int track) {
        return IntStream.range(0, table.stems().size()).anyMatch(stem -> windowCount(method, track, stem) > 0);
    }

    private int windowCount(int method, int track, int stem) {
        int most = 0;
        for (int metric : metrics) {
            if (metric >= 0 && !table.windows(method, track, stem, metric).isWholeTrack()) {
                most = Math.max(most, table.figures(method, track, stem, metric).length);
            }
        }
        return most;
    }

    private void write(int method, int track, Path file) throws IOException {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(unfinished));
                JsonGenerator json = JSON.createGenerator(stream)) {
            json.setPrettyPrinter(indented());
            json.writeStartObject();
            json.writeArrayFieldStart("targets");
            for (int stem = 0; stem < table.stems().size(); stem++) {
                int windows = windowCount(method, track, stem);
                if (windows > 0) {
                    writeTarget(json, method, track, stem, windows);
                }
            }
            json.writeEndArray();
            json.writeStringField("museval_version", MUSEVAL_VERSION);
            json.writeEndObject();
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void writeTarget(JsonGenerator json, int method, int track, int stem, int count) throws IOException {
        double[][] figures = new double[metrics.length][0];
        Windows windows = Windows.WHOLE_TRACK;
        for (int i = 0; i < metrics.length; i++) {
            if (metrics[i] >= 0) {
                figures[i] = table.figures(method, track, stem, metrics[i]);
                Windows ofMetric = table.windows(method, track, stem, metrics[i]);
                windows = ofMetric.isWholeTrack() ? windows : ofMetric;
            }
        }
        json.writeStartObject();
        json.writeStringField("name", table.stems().get(stem));
        json.writeArrayFieldStart("frames");
        for (int w = 0; w < count; w++) {
            json.writeStartObject();
            json.writeNumberField("time", w * windows.hopSeconds());
            json.writeNumberField("duration", windows.lengthSeconds());
            json.writeObjectFieldStart("metrics");
            for (int i = 0; i < metrics.length; i++) {
                json.writeFieldName(METRICS.get(i));
                json.writeRawValue(w < figures[i].length ? decimal(figures[i][w]) : "NaN");
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String decimal(double figure) {
        return Double.isFinite(figure)
                ? new BigDecimal(figure)
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : "NaN";
    }

    private static DefaultPrettyPrinter indented() {
        var separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("");
        var indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }
}
