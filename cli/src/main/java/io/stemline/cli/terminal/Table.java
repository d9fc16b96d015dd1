package io.stemline.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under a header, columns two spaces apart. Numbers stand right-aligned under their header. */
public final class Table {

    private static final String GAP = "  ";
    private static final int WIDEST_CELL = 60;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    private record Column(String header, boolean right) {}

    /** A table whose columns are filled from the left; a header that begins with {@code >} makes a column of numbers. */
    public static Table of(List<String> headers) {
        return new Table(headers.stream()
                .map(header ->
                        header.startsWith(">") ? new Column(header.substring(1), true) : new Column(header, false))
                .toList());
    }

    public static Table of(String... headers) {
        return of(List.of(headers));
    }

    /** Adds a row with a cell for each column. */
    public Table row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(cells.stream()
                .map(cell -> Texts.fit(Texts.harmless(cell), WIDEST_CELL))
                .toList());
        return this;
    }

    public Table row(String... cells) {
        return row(List.of(cells));
    }

    /** The table as lines, the header in faint letters, without a line end after the last. */
    public String render(Style style) {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        var lines = new ArrayList<String>();
        lines.add(style.faint(line(columns.stream().map(Column::header).toList(), widths)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return String.join(System.lineSeparator(), lines);
    }

    private int width(int column) {
        int widest = rows.stream()
                .mapToInt(row -> Texts.width(row.get(column)))
                .max()
                .orElse(0);
        return Math.max(widest, Texts.width(columns.get(column).header()));
    }

    private String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths[i] - Texts.width(cells.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }
}
