package io.stemline.ingest.batches;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.stemline.events.AudioReady;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.problems.ProblemException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list of tracks as CSV (header line first) or as JSON lines, with the fields {@code path}, {@code title}, {@code artist},
 * {@code album} and {@code isrc}; only the path is needed. A line that cannot be used becomes an entry with its refusal; the others go
 * on.
 */
final class Manifest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private Manifest() {}

    static List<Entry> ofCsv(String text) {
        var entries = new ArrayList<Entry>();
        try (MappingIterator<Map<String, String>> rows = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            while (rows.hasNextValue()) {
                int line = entries.size() + 2;
                Map<String, String> row = rows.nextValue();
                entries.add(entry("line " + line, field -> Optional.ofNullable(row.get(field))));
            }
        } catch (IOException e) {
            throw ProblemException.malformed(
                    "the manifest is not CSV after %d entries: %s".formatted(entries.size(), firstLine(e)));
        }
        return entries;
    }

    static List<Entry> ofJsonLines(String text) {
        var entries = new ArrayList<Entry>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                entries.add(ofJsonLine(lines.get(i), "line " + (i + 1)));
            }
        }
        return entries;
    }

    private static Entry ofJsonLine(String line, String place) {
        try {
            JsonNode tree = JSON.readTree(line);
            return entry(
                    place,
                    field -> Optional.ofNullable(tree.get(field))
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::asText));
        } catch (JsonProcessingException e) {
            return Entry.refused(line, place, place + " of the manifest: is not JSON");
        }
    }

    private static Entry entry(String place, Function<String, Optional<String>> fields) {
        Function<String, Optional<String>> filled = field -> fields.apply(field).filter(value -> !value.isBlank());
        Optional<String> path = filled.apply("path");
        if (path.isEmpty()) {
            return Entry.refused("", place, place + " of the manifest: has no 'path'");
        }
        try {
            Path file = Path.of(path.get());
            if (!file.isAbsolute()) {
                return Entry.refused(
                        path.get(), place, "%s of the manifest: the path '%s' is not absolute".formatted(place, file));
            }
            if (file.getFileName() == null) {
                return Entry.refused(
                        path.get(), place, "%s of the manifest: the path '%s' names no file".formatted(place, file));
            }
            Optional<String> title = filled.apply("title");
            return new Entry(
                    path.get(),
                    title.orElse(FolderScan.nameOf(file)),
                    new AudioReady.Tags(title, filled.apply("artist"), filled.apply("album"), filled.apply("isrc")),
                    List.of(),
                    Optional.empty());
        } catch (InvalidPathException e) {
            return Entry.refused(path.get(), place, place + " of the manifest: has a path that no file can have");
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
