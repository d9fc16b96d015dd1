package io.stemline.training.reporting;

import io.stemline.training.folder.FolderException;
import io.stemline.training.folder.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of a run over its steps, in {@code runs/history.csv}: {@code step,seconds,name,value}, a line each, with an
 * empty value where there is no number. A run that goes on from a checkpoint appends to it; what was written of later steps
 * before the interruption is taken out. Used by one thread at a time.
 */
public final class History implements AutoCloseable {

    /** Loss of the batch of a step. */
    public static final String TRAINING_LOSS = "loss/training";

    /** Loss over the validation examples. */
    public static final String VALIDATION_LOSS = "loss/validation";

    /** With which a step learned. */
    public static final String LEARNING_RATE = "learning-rate";

    static final String LOSS_GROUP = "loss/";
    static final String VALIDATION_GROUP = "validation/";

    private static final String HEADER = "step,seconds,name,value";
    private static final int COLUMNS = 4;

    private final Path file;
    private final BufferedWriter out;

    private History(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /**
     * A figure.
     *
     * @param seconds spent on the run until then, over interruptions
     * @param value NaN where there is none
     */
    public record Point(long step, double seconds, String name, double value) {}

    /** The name of a target's validation figure, or that of their {@code mean}. */
    public static String validation(String target) {
        return VALIDATION_GROUP + target;
    }

    /**
     * Begins a history, or goes on with it.
     *
     * @param nextStep the step at which the run begins or goes on; what the file has of it and of later steps is dropped
     * @throws FolderException if the file cannot be read or written
     */
    public static History open(Path file, long nextStep) {
        List<Point> kept = Files.exists(file)
                ? read(file).stream().filter(point -> point.step() < nextStep).toList()
                : List.of();
        WholeFile.writeText(file, text(kept));
        try {
            return new History(file, Files.newBufferedWriter(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new FolderException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /** Appends a figure; the file has it after {@link #flush}. */
    public void add(Point point) {
        try {
            out.write(line(point));
        } catch (IOException e) {
            throw new FolderException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /** Writes what was added. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new FolderException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new FolderException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Reads a history. A last line that was cut off by the end of a process does not count.
     *
     * @throws FolderException if it cannot be read
     */
    public static List<Point> read(Path file) {
        try {
            String text = Files.readString(file);
            var points = new ArrayList<Point>();
            int number = 1;
            int start = text.indexOf('\n') + 1;
            for (int end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
                points.add(point(file, ++number, text.substring(start, end)));
                start = end + 1;
            }
            return points;
        } catch (IOException e) {
            throw new FolderException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static Point point(Path file, int number, String line) {
        String[] columns = line.split(",", -1);
        try {
            if (columns.length == COLUMNS) {
                double value = columns[3].isEmpty() ? Double.NaN : Double.parseDouble(columns[3]);
                return new Point(Long.parseLong(columns[0]), Double.parseDouble(columns[1]), columns[2], value);
            }
        } catch (NumberFormatException e) {
            throw new FolderException(file + ": line " + number + " is not " + HEADER + " (" + e.getMessage() + ")", e);
        }
        throw new FolderException(file + ": line " + number + " is not " + HEADER);
    }

    private static String text(List<Point> points) {
        var text = new StringBuilder(HEADER).append('\n');
        points.forEach(point -> text.append(line(point)));
        return text.toString();
    }

    /** Called for every step: no format strings, no expressions. */
    private static String line(Point point) {
        requireFitting(point.name());
        String value = Double.isNaN(point.value()) ? "" : Double.toString(point.value());
        double seconds = Math.round(point.seconds() * 1000) / 1000.0;
        return point.step() + "," + seconds + "," + point.name() + "," + value + "\n";
    }

    private static void requireFitting(String name) {
        boolean breaks = false;
        for (int i = 0; i < name.length(); i++) {
            char sign = name.charAt(i);
            breaks |= sign == ',' || sign == '"' || Character.isISOControl(sign);
        }
        if (breaks || name.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a figure");
        }
    }
}
