package io.stemline.cli.terminal;

import java.io.PrintWriter;
import java.util.List;

/**
 * A few lines at the foot of the terminal that are drawn over as work goes on, one bar each. Lines are cut off, never
 * wrapped, at the terminal's edge, so that they can be found again. Draws nothing where nobody looks.
 */
public final class ProgressBoard implements AutoCloseable {

    private static final int LABEL_CELLS = 34;
    private static final int STAGE_CELLS = 12;
    private static final int BAR_CELLS = 30;
    private static final long BETWEEN_DRAWINGS_NANOS = 80_000_000;

    private static final String TO_START_OF_LINE_ABOVE = "\u001b[F";
    private static final String CLEAR_FROM_HERE = "\u001b[J";
    private static final String HIDE_CURSOR_AND_CUT_LINES = "\u001b[?25l\u001b[?7l";
    private static final String SHOW_CURSOR_AND_WRAP_LINES = "\u001b[?7h\u001b[?25h";

    private final Terminal terminal;
    private final Style style;
    private int drawn;
    private long drawnNanos;
    private boolean closed;

    public ProgressBoard(Terminal terminal) {
        this.terminal = terminal;
        this.style = terminal.messageStyle();
    }

    /**
     * One line.
     *
     * @param label what is worked on
     * @param stage what is being done
     * @param fraction how much of it is done, 0 to 1
     * @param remark what stands behind the bar
     */
    public record Bar(String label, String stage, double fraction, String remark) {}

    /** Draws the bars in place of those before, unless that was a moment ago. */
    public synchronized void show(List<Bar> bars) {
        if (closed || !terminal.canRedraw() || System.nanoTime() - drawnNanos < BETWEEN_DRAWINGS_NANOS) {
            return;
        }
        drawnNanos = System.nanoTime();
        var picture = new StringBuilder(HIDE_CURSOR_AND_CUT_LINES).append(eraser());
        bars.forEach(bar -> picture.append(line(bar)).append('\n'));
        picture.append(SHOW_CURSOR_AND_WRAP_LINES);
        drawn = bars.size();
        write(picture.toString());
    }

    /** Says something that stays, above the bars. */
    public synchronized void say(String text) {
        erase();
        terminal.say(text);
    }

    /** Takes the bars away for good. */
    @Override
    public synchronized void close() {
        erase();
        closed = true;
    }

    private void erase() {
        if (drawn > 0) {
            write(eraser());
            drawn = 0;
            drawnNanos = 0;
        }
    }

    private String eraser() {
        return TO_START_OF_LINE_ABOVE.repeat(drawn) + (drawn > 0 ? CLEAR_FROM_HERE : "");
    }

    private String line(Bar bar) {
        return "%s  %s  %s %3d %%  %s"
                .formatted(
                        padded(Texts.harmless(bar.label()), LABEL_CELLS),
                        style.faint(padded(bar.stage(), STAGE_CELLS)),
                        gauge(bar.fraction()),
                        (int) Math.floor(100 * clamp(bar.fraction())),
                        style.faint(bar.remark()))
                .stripTrailing();
    }

    private String gauge(double fraction) {
        boolean unicode = terminal.manner().unicode();
        int full = (int) Math.round(BAR_CELLS * clamp(fraction));
        String done = (unicode ? "━" : "#").repeat(full);
        String rest = (unicode ? "─" : "-").repeat(BAR_CELLS - full);
        return style.good(done) + style.faint(rest);
    }

    private static String padded(String text, int cells) {
        String fitting = Texts.fit(text, cells);
        return fitting + " ".repeat(cells - Texts.width(fitting));
    }

    private static double clamp(double fraction) {
        return Math.clamp(fraction, 0.0, 1.0);
    }

    private void write(String text) {
        PrintWriter messages = terminal.messages();
        messages.print(text);
        messages.flush();
    }
}
