package io.stemline.training.reporting;

import io.stemline.bsseval.Medians;
import io.stemline.training.folder.WholeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The scores of a model as {@code evaluation.csv}: a line for each track and target, and at the end a line for each target
 * with the medians over the tracks, the track being {@value #MEDIAN}. Figures are in dB with five decimals; where there is
 * none, nothing stands; {@code inf} where nothing is wrong with an estimate. Medians leave out what is not there.
 */
public final class EvaluationTable {

    /** What stands for the track in the lines of the medians. */
    public static final String MEDIAN = "(median)";

    private static final List<Column> COLUMNS = List.of(
            new Column("SDR", TargetScores::sdr),
            new Column("ISR", TargetScores::isr),
            new Column("SIR", TargetScores::sir),
            new Column("SAR", TargetScores::sar),
            new Column("SI-SDR", TargetScores::siSdr),
            new Column("SI-SDRi", TargetScores::siSdrImprovement),
            new Column("SNR", TargetScores::snr),
            new Column("MDX-SDR", TargetScores::mdxSdr));

    private final List<Row> rows = new ArrayList<>();

    private record Column(String title, ToDoubleFunction<TargetScores> figure) {}

    private record Row(String track, TargetScores scores) {}

    /** Adds the scores of a track. */
    public void add(String track, List<TargetScores> scores) {
        scores.forEach(ofTarget -> rows.add(new Row(track, ofTarget)));
    }

    /** The medians over the tracks so far, one element for each target, in the order in which targets came first. */
    public List<TargetScores> medians() {
        return rows.stream()
                .map(row -> row.scores().target())
                .distinct()
                .map(this::median)
                .toList();
    }

    private TargetScores median(String target) {
        List<TargetScores> scores = rows.stream()
                .map(Row::scores)
                .filter(row -> row.target().equals(target))
                .toList();
        double[] figures = COLUMNS.stream()
                .mapToDouble(column ->
                        Medians.of(scores.stream().mapToDouble(column.figure()).toArray()))
                .toArray();
        return new TargetScores(
                target, figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], figures[6], figures[7]);
    }

    /**
     * Writes the file, the whole of it or nothing.
     *
     * @throws io.stemline.training.folder.FolderException if that fails
     */
    public void write(Path file) {
        WholeFile.writeText(file, text());
    }

    /** The content of the file. */
    public String text() {
        var text = new StringBuilder("track,target");
        COLUMNS.forEach(column -> text.append(',').append(column.title()));
        text.append('\n');
        rows.forEach(row -> append(text, row.track(), row.scores()));
        medians().forEach(medians -> append(text, MEDIAN, medians));
        return text.toString();
    }

    private static void append(StringBuilder text, String track, TargetScores scores) {
        text.append(quoted(track)).append(',').append(quoted(scores.target()));
        COLUMNS.forEach(column -> text.append(',').append(figure(column.figure().applyAsDouble(scores))));
        text.append('\n');
    }

    private static String figure(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String text = String.format(Locale.ROOT, "%.5f", value);
        return text.equals("-0.00000") ? "0.00000" : text;
    }

    /** Text that holds commas, quotes or line breaks stands in quotes, with quotes in it doubled (RFC 4180). */
    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(sign -> sign == ',' || sign == '"' || sign == '\n' || sign == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
