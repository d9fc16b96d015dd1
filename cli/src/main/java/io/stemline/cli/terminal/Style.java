package io.stemline.cli.terminal;

/** Colours of a terminal, or none. */
public final class Style {

    private static final String RESET = "\u001b[0m";

    private final boolean coloured;

    Style(boolean coloured) {
        this.coloured = coloured;
    }

    public String strong(String text) {
        return in("\u001b[1m", text);
    }

    public String faint(String text) {
        return in("\u001b[2m", text);
    }

    public String good(String text) {
        return in("\u001b[32m", text);
    }

    public String bad(String text) {
        return in("\u001b[31m", text);
    }

    private String in(String colour, String text) {
        return coloured && !text.isEmpty() ? colour + text + RESET : text;
    }
}
