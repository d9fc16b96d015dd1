package io.stemline.training.reporting;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how a run goes: in one line that is drawn over where a person looks at a terminal, in a line now and then where the
 * output goes to a file. May be used by several threads.
 */
public final class Progress implements AutoCloseable {

    private static final long BETWEEN_DRAWINGS_NANOS = 100_000_000;
    private static final String TO_START_AND_CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean redraws;
    private final int columns;
    private final long betweenLinesNanos;
    private final LongSupplier nanos;
    private final Smoothed loss = new Smoothed();
    private boolean begun;
    private boolean drawn;
    private long shownNanos;

    private Progress(PrintWriter out, boolean redraws, int columns, Duration betweenLines, LongSupplier nanos) {
        this.out = out;
        this.redraws = redraws;
        this.columns = columns;
        this.betweenLinesNanos = betweenLines.toNanos();
        this.nanos = nanos;
    }

    /** For a terminal of so many columns. */
    public static Progress onTerminal(PrintWriter out, int columns) {
        return onTerminal(out, columns, System::nanoTime);
    }

    static Progress onTerminal(PrintWriter out, int columns, LongSupplier nanos) {
        return new Progress(out, true, columns, Duration.ofNanos(BETWEEN_DRAWINGS_NANOS), nanos);
    }

    /** In plain lines, the first at once and the others so far apart. */
    public static Progress inLines(PrintWriter out, Duration between) {
        return inLines(out, between, System::nanoTime);
    }

    static Progress inLines(PrintWriter out, Duration between, LongSupplier nanos) {
        return new Progress(out, false, Integer.MAX_VALUE, between, nanos);
    }

    /** After a step; the loss is that of its batch alone. Shown if the last time was long enough ago. */
    public synchronized void stepped(Moment moment) {
        loss.add(moment.loss());
        long now = nanos.getAsLong();
        boolean last = moment.step() >= moment.steps();
        if (begun && !last && now - shownNanos < betweenLinesNanos) {
            return;
        }
        begun = true;
        shownNanos = now;
        String line = moment.withLoss(loss.value()).line(columns - 1);
        if (redraws) {
            out.print(TO_START_AND_CLEAR + line);
            out.flush();
            drawn = true;
        } else {
            out.println(line);
            out.flush();
        }
    }

    /** Says something that stays, such as the figures of a validation. */
    public synchronized void say(String text) {
        erase();
        out.println(text);
        out.flush();
    }

    /** Leaves the last line standing. */
    @Override
    public synchronized void close() {
        if (drawn) {
            out.println();
            drawn = false;
        }
    }

    private void erase() {
        if (drawn) {
            out.print(TO_START_AND_CLEAR);
            drawn = false;
        }
    }

    /**
     * Where a run is.
     *
     * @param step how many steps are done
     * @param steps how many there are
     * @param loss of the step's batch
     * @param learningRate of the step
     * @param stepsPerSecond lately
     * @param networkShare share of the time spent inside TensorFlow, 0 to 1
     * @param waitingShare share of the time spent waiting for batches, 0 to 1
     * @param left an estimate of the time to the end
     */
    public record Moment(
            long step,
            long steps,
            double loss,
            double learningRate,
            double stepsPerSecond,
            double networkShare,
            double waitingShare,
            Duration left) {

        Moment withLoss(double loss) {
            return new Moment(step, steps, loss, learningRate, stepsPerSecond, networkShare, waitingShare, left);
        }

        /** In a line, without what has no room in so many columns; the most important stands first. */
        public String line(int columns) {
            String[] parts = {
                text("step %" + Long.toString(steps).length() + "d/%d %3d %%", step, steps, percent()),
                text("loss %s", number(loss)),
                Durations.words(left.toMillis() / 1000.0) + " left",
                pace(),
                text("rate %.2e", learningRate),
                text("TensorFlow %.0f %%, waiting %.0f %%", 100 * networkShare, 100 * waitingShare)
            };
            var line = new StringBuilder(parts[0]);
            for (int i = 1; i < parts.length && line.length() + 2 + parts[i].length() <= columns; i++) {
                line.append("  ").append(parts[i]);
            }
            return line.length() <= columns ? line.toString() : line.substring(0, Math.max(0, columns));
        }

        private long percent() {
            return steps == 0 ? 100 : 100 * Math.min(step, steps) / steps;
        }

        /** Slow steps are counted the other way round. */
        private String pace() {
            if (!(stepsPerSecond > 0)) {
                return "- steps/s";
            }
            return stepsPerSecond >= 1 ? text("%.1f steps/s", stepsPerSecond) : text("%.1f s/step", 1 / stepsPerSecond);
        }

        private static String number(double value) {
            double size = Math.abs(value);
            return size == 0 || size >= 0.001 && size < 10_000 ? text("%.4f", value) : text("%.3e", value);
        }

        private static String text(String format, Object... values) {
            return String.format(Locale.ROOT, format, values);
        }
    }
}
