package io.stemline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;

/**
 * A list of tracks, CSV or JSON lines, made ready to be sent: as JSON lines with absolute paths, relative ones taken from
 * the manifest's folder. Lines that make no sense are left to the catalogue, which says what is wrong with each.
 */
final class ManifestFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private ManifestFile() {}

    static String asJsonLines(Path manifest) throws IOException {
        String name = manifest.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".csv")) {
                return ofCsv(manifest);
            }
            if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
                return ofJsonLines(manifest);
            }
        } catch (MalformedInputException e) {
            throw CommandFailure.wrongUse(manifest + ": is not UTF-8 text");
        }
        throw CommandFailure.wrongUse(manifest + ": a manifest's name ends with .csv or .jsonl");
    }

    private static String ofCsv(Path manifest) throws IOException {
        // An empty line stands for the header, so that the catalogue counts lines as the file does.
        var lines = new ArrayList<String>();
        lines.add("");
        try (MappingIterator<Map<String, String>> rows = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(withoutByteOrderMark(Files.readString(manifest)))) {
            while (rows.hasNextValue()) {
                lines.add(withAbsolutePath(JSON.valueToTree(rows.nextValue()), manifest));
            }
        } catch (JsonProcessingException e) {
            throw CommandFailure.wrongUse(
                    "%s: is not CSV after line %d (%s)".formatted(manifest, lines.size(), e.getOriginalMessage()));
        }
        return String.join("\n", lines);
    }

    private static String ofJsonLines(Path manifest) throws IOException {
        var lines = new ArrayList<String>();
        for (String line :
                withoutByteOrderMark(Files.readString(manifest)).lines().toList()) {
            lines.add(withAbsolutePath(line, manifest));
        }
        return String.join("\n", lines);
    }

    private static String withAbsolutePath(String line, Path manifest) {
        try {
            return line.isBlank() ? "" : withAbsolutePath(JSON.readTree(line), manifest);
        } catch (JsonProcessingException e) {
            return line;
        }
    }

    private static String withAbsolutePath(JsonNode track, Path manifest) {
        String path = track.path("path").asText();
        if (track instanceof ObjectNode fields && !path.isBlank()) {
            try {
                fields.put("path", manifest.resolveSibling(path).normalize().toString());
            } catch (InvalidPathException e) {
                fields.put("path", path);
            }
        }
        return track.toString();
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
