package io.stemline.training.datasets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables of files as Spleeter has them: a line for each track, with columns {@code mix_path}, {@code vocals_path} and so on,
 * their values below an audio folder. Either one table for each split, {@code name.train.csv} (or {@code name_train.csv})
 * with {@code validation} and {@code test} beside it, or one table of training tracks.
 */
final class TableListing {
    private static final Pattern SPLIT_TABLE =
            Pattern.compile("(.*)([._])(train|validation|test)\\.csv", Pattern.CASE_INSENSITIVE);

    private static final String PATH_COLUMN = "_path";
    private static final String MIXTURE_COLUMN = "mix_path";

    private TableListing() {}

    static boolean recognises(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv") && Files.isRegularFile(file);
    }

    static Listing of(Path file, Path audioRoot) {
        TreeSet<String> labels = new TreeSet<>();
        List<Candidate> candidates = new ArrayList<>();
        Matcher splitTable = SPLIT_TABLE.matcher(file.getFileName().toString());
        String name;
        if (splitTable.matches()) {
            name = splitTable.group(1);
            for (Split split : Split.values()) {
                Path table = file.resolveSibling(name + splitTable.group(2) + split.label() + ".csv");
                if (Files.isRegularFile(table)) {
                    read(table, split, audioRoot, labels, candidates);
                }
            }
        } else {
            name = file.getFileName().toString().replaceFirst("(?i)\\.csv$", "");
            read(file, Split.TRAIN, audioRoot, labels, candidates);
        }
        return new Listing(name, List.copyOf(labels), candidates);
    }

    private static void read(
            Path table, Split split, Path audioRoot, TreeSet<String> labels, List<Candidate> candidates) {
        List<List<String>> rows = rows(table);
        List<String> columns = rows.isEmpty()
                ? List.of()
                : rows.getFirst().stream().map(String::strip).toList();
        if (!columns.contains(MIXTURE_COLUMN)) {
            throw new DatasetException(table.getFileName()
                    + ": the first line names the columns, and one of them is mix_path; it has "
                    + String.join(", ", columns));
        }
        for (String column : columns) {
            if (column.endsWith(PATH_COLUMN) && !column.equals(MIXTURE_COLUMN)) {
                labels.add(label(column));
            }
        }
        for (int line = 1; line < rows.size(); line++) {
            if (rows.get(line).size() != columns.size()) {
                throw new DatasetException("%s: row %d has %d values, the first line names %d columns"
                        .formatted(table.getFileName(), line + 1, rows.get(line).size(), columns.size()));
            }
            candidates.add(candidate(split, columns, rows.get(line), audioRoot));
        }
    }

    private static String label(String column) {
        return column.substring(0, column.length() - PATH_COLUMN.length());
    }

    private static Candidate candidate(Split split, List<String> columns, List<String> row, Path audioRoot) {
        Map<String, SourceStem> stems = new HashMap<>();
        Optional<SourceStem> mixture = Optional.empty();
        String name = "";
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            String value = row.get(i).strip();
            if (column.equals(MIXTURE_COLUMN)) {
                mixture = Optional.of(SourceStem.of(audioRoot.resolve(value)));
                name = value;
            } else if (column.endsWith(PATH_COLUMN) && !value.isEmpty()) {
                stems.put(label(column), SourceStem.of(audioRoot.resolve(value)));
            }
        }
        return new Candidate(split, name, stems, mixture);
    }

    /** Rows of a table after RFC 4180: values between commas, those with commas or line ends between quotes. */
    private static List<List<String>> rows(Path table) {
        String text;
        try {
            text = Files.readString(table, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DatasetException(table.getFileName() + ": the table cannot be read (" + e.getMessage() + ")", e);
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = text.startsWith("\uFEFF") ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (doubled) {
                    value.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(value.toString());
                value.setLength(0);
                if (c == '\n') {
                    addUnlessBlank(row, rows);
                    row = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                value.append(c);
            }
        }
        row.add(value.toString());
        addUnlessBlank(row, rows);
        return rows;
    }

    private static void addUnlessBlank(List<String> row, List<List<String>> rows) {
        if (row.size() > 1 || !row.getFirst().isBlank()) {
            rows.add(row);
        }
    }
}
