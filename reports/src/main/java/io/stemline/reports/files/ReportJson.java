package io.stemline.reports.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.stemline.reports.Remark;
import io.stemline.reports.Report;
import io.stemline.reports.ReportException;
import io.stemline.reports.SeparatedTrack;
import io.stemline.reports.SeparatedTrack.FailedCheck;
import io.stemline.reports.figures.Cell;
import io.stemline.reports.figures.Summary;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.MethodKind;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.ScoreTableBuilder;
import io.stemline.reports.scores.ScoredTrack;
import io.stemline.reports.scores.Windows;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A report as strict JSON, written and read as a stream: title and time, methods, tracks, what was separated and what failed,
 * remarks, medians with their intervals, and every series of figures. Undefined is {@code null}, infinite the text
 * {@code "Infinity"}. Tracks and methods are written before what names them.
 */
public final class ReportJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private ReportJson() {}

    /** Writes a report; the stream stays open. */
    public static void write(Report report, OutputStream stream) throws IOException {
        JsonGenerator json = JSON.createGenerator(stream).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("title", report.title());
        json.writeStringField("madeAt", report.madeAt().toString());
        json.writeArrayFieldStart("methods");
        for (Method method : report.scores().methods()) {
            writeTexts(json, "id", method.id(), "kind", method.kind().name());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tracks");
        for (ScoredTrack track : report.scores().tracks()) {
            writeTexts(json, "id", track.id(), "name", track.name());
        }
        json.writeEndArray();
        writeSeparated(json, report.separated());
        json.writeArrayFieldStart("failures");
        for (Report.Failure failure : report.failures()) {
            writeTexts(json, "name", failure.name(), "reason", failure.reason());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("remarks");
        for (Remark remark : report.remarks()) {
            writeTexts(json, "kind", remark.kind().name(), "place", remark.place(), "sentence", remark.sentence());
        }
        json.writeEndArray();
        writeMedians(json, report.scores());
        writeSeries(json, report.scores());
        json.writeEndObject();
        json.flush();
    }

    private static void writeTexts(JsonGenerator json, String... namesAndTexts) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            json.writeStringField(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        json.writeEndObject();
    }

    private static void writeSeparated(JsonGenerator json, List<SeparatedTrack> separated) throws IOException {
        json.writeArrayFieldStart("separated");
        for (SeparatedTrack track : separated) {
            json.writeStartObject();
            json.writeStringField("modelId", track.modelId());
            json.writeStringField("trackId", track.track().id());
            json.writeStringField("name", track.track().name());
            json.writeStringField("separationId", track.separationId());
            json.writeNumberField("lengthSeconds", track.lengthSeconds());
            json.writeNumberField("seconds", track.seconds());
            if (track.evaluatedAt().isPresent()) {
                json.writeStringField("evaluatedAt", track.evaluatedAt().get().toString());
            }
            json.writeNumberField("checks", track.checks());
            json.writeArrayFieldStart("failedChecks");
            for (FailedCheck check : track.failedChecks()) {
                writeTexts(json, "name", check.name(), "detail", check.detail());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("warnings");
            for (String warning : track.warnings()) {
                json.writeString(warning);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeMedians(JsonGenerator json, ScoreTable table) throws IOException {
        var summary = new Summary(table);
        json.writeArrayFieldStart("medians");
        for (int method = 0; method < table.methods().size(); method++) {
            for (int stem = 0; stem < table.stems().size(); stem++) {
                for (int metric = 0; metric < table.metrics().size(); metric++) {
                    Cell cell = summary.cell(method, stem, metric);
                    if (!cell.isEmpty()) {
                        json.writeStartObject();
                        json.writeStringField(
                                "method", table.methods().get(method).id());
                        json.writeStringField("stem", table.stems().get(stem));
                        json.writeStringField("metric", table.metrics().get(metric));
                        writeNumber(json, "median", cell.median().estimate());
                        writeNumber(json, "low", cell.median().low());
                        writeNumber(json, "high", cell.median().high());
                        json.writeNumberField("confidence", cell.median().confidence());
                        json.writeNumberField("tracks", cell.box().count());
                        json.writeEndObject();
                    }
                }
            }
        }
        json.writeEndArray();
    }

    private static void writeSeries(JsonGenerator json, ScoreTable table) throws IOException {
        json.writeArrayFieldStart("series");
        try {
            table.forEachSeries((method, track, stem, metric, windows, figures) -> {
                try {
                    json.writeStartObject();
                    json.writeStringField("method", table.methods().get(method).id());
                    json.writeStringField("track", table.tracks().get(track).id());
                    json.writeStringField("stem", table.stems().get(stem));
                    json.writeStringField("metric", table.metrics().get(metric));
                    json.writeNumberField("windowSeconds", windows.lengthSeconds());
                    json.writeNumberField("hopSeconds", windows.hopSeconds());
                    json.writeArrayFieldStart("figures");
                    for (double figure : figures) {
                        writeNumber(json, figure);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        json.writeEndArray();
    }

    private static void writeNumber(JsonGenerator json, String name, double figure) throws IOException {
        json.writeFieldName(name);
        writeNumber(json, figure);
    }

    private static void writeNumber(JsonGenerator json, double figure) throws IOException {
        if (Double.isNaN(figure)) {
            json.writeNull();
        } else if (Double.isInfinite(figure)) {
            json.writeString(Double.toString(figure));
        } else {
            json.writeNumber(figure);
        }
    }

    /**
     * Reads a report.
     *
     * @param name what to call it in messages
     * @throws ReportException if it is not one
     */
    public static Report read(InputStream stream, String name) {
        try (JsonParser json = JSON.createParser(stream)) {
            return new Reading(json).report();
        } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
            throw new ReportException(
                    "%s: it is not a report of Stemline's (%s)"
                            .formatted(name, e.getMessage().lines().findFirst().orElse("")),
                    e);
        } catch (IOException e) {
            throw new ReportException("%s: it cannot be read (%s)".formatted(name, e.getMessage()), e);
        }
    }

    /** One reading; gathers what the fields say. */
    private static final class Reading {
        private final JsonParser json;
        private final ScoreTableBuilder table = new ScoreTableBuilder();
        private final Map<String, Method> methods = new HashMap<>();
        private final Map<String, ScoredTrack> tracks = new HashMap<>();
        private final List<SeparatedTrack> separated = new ArrayList<>();
        private final List<Report.Failure> failures = new ArrayList<>();
        private final List<Remark> remarks = new ArrayList<>();
        private double[] figures = new double[1024];

        Reading(JsonParser json) {
            this.json = json;
        }

        Report report() throws IOException {
            String title = null;
            Instant madeAt = null;
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(json, "it is not an object");
            }
            while (nextField()) {
                switch (json.currentName()) {
                    case "title" -> title = json.nextTextValue();
                    case "madeAt" -> madeAt = Instant.parse(String.valueOf(json.nextTextValue()));
                    case "methods" -> eachObject(this::method);
                    case "tracks" -> eachObject(this::track);
                    case "separated" -> eachObject(this::separated);
                    case "failures" -> eachObject(this::failure);
                    case "remarks" -> eachObject(this::remark);
                    case "series" -> eachObject(this::series);
                    default -> skip();
                }
            }
            if (title == null || madeAt == null) {
                throw new JsonParseException(json, "it has no title or time");
            }
            return new Report(title, madeAt, table.build(), separated, failures, remarks);
        }

        @FunctionalInterface
        private interface Part {
            void read(Fields fields) throws IOException;
        }

        /** Texts and numbers of an object; arrays and objects in it are read as they come. */
        private final class Fields {
            private final Map<String, String> texts = new HashMap<>();
            private final List<FailedCheck> failedChecks = new ArrayList<>();
            private final List<String> warnings = new ArrayList<>();
            private int figureCount;

            String text(String name) throws IOException {
                String text = texts.get(name);
                if (text == null) {
                    throw new JsonParseException(json, "'%s' is missing".formatted(name));
                }
                return text;
            }

            double number(String name) throws IOException {
                return Double.parseDouble(text(name));
            }
        }

        private boolean nextField() throws IOException {
            return json.nextToken() == JsonToken.FIELD_NAME;
        }

        private void skip() throws IOException {
            json.nextToken();
            json.skipChildren();
        }

        private void eachObject(Part part) throws IOException {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new JsonParseException(json, "'%s' is not a list".formatted(json.currentName()));
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                var fields = new Fields();
                while (nextField()) {
                    field(fields, json.currentName());
                }
                part.read(fields);
            }
        }

        private void field(Fields fields, String name) throws IOException {
            JsonToken token = json.nextToken();
            if (token.isScalarValue()) {
                fields.texts.put(name, json.getText());
                return;
            }
            switch (name) {
                case "figures" -> fields.figureCount = figures();
                case "failedChecks" -> failedChecks(fields);
                case "warnings" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        fields.warnings.add(json.getText());
                    }
                }
                default -> json.skipChildren();
            }
        }

        private void failedChecks(Fields fields) throws IOException {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                var check = new Fields();
                while (nextField()) {
                    field(check, json.currentName());
                }
                fields.failedChecks.add(new FailedCheck(check.text("name"), check.text("detail")));
            }
        }

        private int figures() throws IOException {
            int count = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                figures = count == figures.length ? Arrays.copyOf(figures, 2 * count) : figures;
                figures[count++] = switch (json.currentToken()) {
                    case VALUE_NULL -> Double.NaN;
                    case VALUE_STRING -> Double.parseDouble(json.getText());
                    default -> json.getDoubleValue();
                };
            }
            return count;
        }

        private void method(Fields fields) throws IOException {
            var method = new Method(fields.text("id"), MethodKind.valueOf(fields.text("kind")));
            methods.put(method.id(), method);
            table.add(method);
        }

        private void track(Fields fields) throws IOException {
            tracks.put(fields.text("id"), new ScoredTrack(fields.text("id"), fields.text("name")));
        }

        private void separated(Fields fields) throws IOException {
            separated.add(new SeparatedTrack(
                    fields.text("modelId"),
                    new ScoredTrack(fields.text("trackId"), fields.text("name")),
                    fields.text("separationId"),
                    fields.number("lengthSeconds"),
                    fields.number("seconds"),
                    Optional.ofNullable(fields.texts.get("evaluatedAt")).map(Instant::parse),
                    (int) fields.number("checks"),
                    fields.failedChecks,
                    fields.warnings));
        }

        private void failure(Fields fields) throws IOException {
            failures.add(new Report.Failure(fields.text("name"), fields.text("reason")));
        }

        private void remark(Fields fields) throws IOException {
            remarks.add(new Remark(
                    Remark.Kind.valueOf(fields.text("kind")), fields.text("place"), fields.text("sentence")));
        }

        private void series(Fields fields) throws IOException {
            Method method = methods.get(fields.text("method"));
            ScoredTrack track = tracks.get(fields.text("track"));
            if (method == null || track == null) {
                throw new JsonParseException(json, "a series is of a method or track that is not listed");
            }
            table.add(
                    method,
                    track,
                    fields.text("stem"),
                    fields.text("metric"),
                    new Windows(fields.number("windowSeconds"), fields.number("hopSeconds")),
                    Arrays.copyOf(figures, fields.figureCount));
        }
    }
}
