package io.stemline.cli.terminal;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Where a command's results and messages go: results to standard output, everything else to standard error, so that results
 * can be piped. Text that comes from outside is made harmless before it is shown.
 */
public final class Terminal {

    /** Names the streams that are terminals, {@code out} and {@code err}; the launcher knows and says so. */
    private static final String TERMINALS_PROPERTY = "stemline.terminals";

    private final PrintWriter out;
    private final PrintWriter err;
    private final Manner manner;

    /**
     * How to speak.
     *
     * @param outIsTerminal whether a person sees results as they are printed
     * @param errIsTerminal whether a person sees messages as they are printed
     * @param coloured whether colours are welcome where a person looks
     * @param unicode whether lines and marks outside ASCII can be shown
     * @param quiet whether only results that were asked for and errors are to be shown
     */
    public record Manner(
            boolean outIsTerminal, boolean errIsTerminal, boolean coloured, boolean unicode, boolean quiet) {

        /** As this process was started. */
        public static Manner ofProcess(boolean quiet) {
            List<String> terminals =
                    List.of(System.getProperty(TERMINALS_PROPERTY, "").split(","));
            boolean coloured = System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                    && !System.getenv().getOrDefault("TERM", "dumb").equals("dumb");
            String encoding = System.getProperty("sun.jnu.encoding", "");
            boolean unicode = Charset.isSupported(encoding)
                    && Charset.forName(encoding).newEncoder().canEncode('━');
            return new Manner(terminals.contains("out"), terminals.contains("err"), coloured, unicode, quiet);
        }

        /** Without any terminal, as in a pipe. */
        public static Manner plain() {
            return new Manner(false, false, false, true, false);
        }
    }

    public Terminal(PrintWriter out, PrintWriter err, Manner manner) {
        this.out = out;
        this.err = err;
        this.manner = manner;
    }

    /** A result. */
    public void print(String text) {
        out.println(text);
        out.flush();
    }

    /** What somebody who waits may want to know; nothing if quiet. */
    public void say(String text) {
        if (!manner.quiet()) {
            err.println(text);
            err.flush();
        }
    }

    /** What went wrong, in one sentence. */
    public void complain(String text) {
        err.println(text);
        err.flush();
    }

    /** Colours for results. */
    public Style resultStyle() {
        return new Style(manner.outIsTerminal() && manner.coloured());
    }

    /** Colours for messages. */
    public Style messageStyle() {
        return new Style(manner.errIsTerminal() && manner.coloured());
    }

    /** Whether lines may be drawn over while a person looks. */
    public boolean canRedraw() {
        return manner.errIsTerminal() && !manner.quiet();
    }

    public Manner manner() {
        return manner;
    }

    /** Where messages go. */
    public PrintWriter messages() {
        return err;
    }
}
