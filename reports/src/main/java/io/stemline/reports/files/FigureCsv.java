package io.stemline.reports.files;

import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.Windows;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * All figures in long form, {@code method,track,stem,metric,time,duration,value}, as RFC 4180 has it. An undefined figure is
 * empty, an infinite one {@code inf}; a figure of a whole track has no time and no duration.
 */
final class FigureCsv {
    private FigureCsv() {}

    static void write(ScoreTable table, OutputStream stream) throws IOException {
        var csv = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
        csv.write("method,track,stem,metric,time,duration,value\r\n");
        try {
            table.forEachSeries((method, track, stem, metric, windows, figures) -> {
                String prefix = quoted(table.methods().get(method).id())
                        + ','
                        + quoted(table.tracks().get(track).name())
                        + ','
                        + quoted(table.stems().get(stem))
                        + ','
                        + quoted(table.metrics().get(metric))
                        + ',';
                try {
                    write(csv, prefix, windows, figures);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.flush();
    }

    private static void write(BufferedWriter csv, String prefix, Windows windows, double[] figures) throws IOException {
        for (int w = 0; w < figures.length; w++) {
            csv.write(prefix);
            if (!windows.isWholeTrack()) {
                csv.write(number(w * windows.hopSeconds()));
            }
            csv.write(',');
            if (!windows.isWholeTrack()) {
                csv.write(number(windows.lengthSeconds()));
            }
            csv.write(',');
            csv.write(number(figures[w]));
            csv.write("\r\n");
        }
    }

    private static String number(double figure) {
        if (Double.isNaN(figure)) {
            return "";
        }
        if (Double.isInfinite(figure)) {
            return figure > 0 ? "inf" : "-inf";
        }
        return Double.toString(figure);
    }

    private static String quoted(String cell) {
        boolean plain =
                cell.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter == '\n' || letter == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
