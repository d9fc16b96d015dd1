package io.stemline.ingest.datasets;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.stemline.events.AudioReady;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.registry.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of tracks as Spleeter has it: CSV with a header, a column {@code mix_path}, and a column {@code vocals_path} and so on for
 * each stem; here also {@code title}, {@code artist} and {@code album}, as far as they are there. Of a table that is called
 * {@code name.train.csv} or {@code name_train.csv} those for {@code validation} and {@code test} beside it are read, too, and name
 * the splits. A line that cannot be used becomes an entry with its refusal; the others go on.
 */
final class DatasetTable {
    private static final Pattern SPLIT_TABLE = Pattern.compile("(?i)(.*[._])(train|validation|test)\\.csv");
    private static final String MIXTURE = "mix_path";
    private static final String PATH = "_path";
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final Path audioRoot;
    private final List<Entry> entries = new ArrayList<>();

    private DatasetTable(Path audioRoot) {
        this.audioRoot = audioRoot;
    }

    /** The tracks of a table and of those beside it. */
    static List<Entry> entries(Path table, Path audioRoot) {
        var tables = new DatasetTable(audioRoot);
        Matcher ofSplit = SPLIT_TABLE.matcher(table.getFileName().toString());
        if (!ofSplit.matches()) {
            tables.read(table, Optional.empty());
            return tables.entries;
        }
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
            Path beside = table.resolveSibling(ofSplit.group(1) + split.name().toLowerCase(Locale.ROOT) + ".csv");
            if (Files.isRegularFile(beside)) {
                tables.read(beside, Optional.of(split));
            }
        }
        return tables.entries;
    }

    private void read(Path table, Optional<Split> split) {
        int line = 1;
        try (MappingIterator<Map<String, String>> rows = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(table.toFile())) {
            while (rows.hasNextValue()) {
                line++;
                Entry entry = entry("line %d of %s".formatted(line, table.getFileName()), rows.nextValue());
                entries.add(split.map(entry::in).orElse(entry));
            }
        } catch (IOException e) {
            throw ProblemException.unusable(
                    "not-a-table",
                    "%s: is not CSV after line %d (%s)"
                            .formatted(
                                    table.getFileName(),
                                    line,
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")));
        }
    }

    private Entry entry(String place, Map<String, String> row) {
        Optional<String> mixture = filled(row, MIXTURE);
        if (mixture.isEmpty()) {
            return Entry.refused(place, place, "%s: has no '%s'".formatted(place, MIXTURE));
        }
        try {
            var references = new ArrayList<ReferenceFile>();
            row.keySet().stream()
                    .filter(column -> column.endsWith(PATH) && !column.equals(MIXTURE))
                    .sorted()
                    .forEach(column -> filled(row, column)
                            .ifPresent(path -> references.add(new ReferenceFile(
                                    column.substring(0, column.length() - PATH.length()),
                                    audioRoot.resolve(path).toString()))));
            String path = audioRoot.resolve(mixture.get()).toString();
            if (references.isEmpty()) {
                return Entry.refused(
                        path, place, "%s: names no true stems, as in a column vocals_path".formatted(place));
            }
            return new Entry(path, name(mixture.get()), tags(row), references, Optional.empty());
        } catch (InvalidPathException e) {
            return Entry.refused(mixture.get(), place, "%s: has a path that no file can have".formatted(place));
        }
    }

    private static AudioReady.Tags tags(Map<String, String> row) {
        return new AudioReady.Tags(
                filled(row, "title"), filled(row, "artist"), filled(row, "album"), filled(row, "isrc"));
    }

    /** The path without its ending; that of {@code A Song/mixture.wav} is {@code A Song}. */
    private static String name(String mixture) {
        String bare = mixture.replaceFirst("\\.[^./]*$", "");
        return bare.replaceFirst("(?i)/mixture$", "");
    }

    private static Optional<String> filled(Map<String, String> row, String column) {
        return Optional.ofNullable(row.get(column)).filter(value -> !value.isBlank());
    }
}
