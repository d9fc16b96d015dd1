package io.stemline.reports.markup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes elements, attributes and texts. The result is well-formed XML, and HTML as well: what HTML calls void elements is closed
 * at once, and nothing else is.
 */
public final class Markup {
    private static final Set<String> VOID = Set.of("meta", "br", "hr", "img", "input", "link", "col");

    private final StringBuilder text = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; attributes are names and values in turn. */
    public Markup open(String element, String... attributes) {
        start(element, attributes);
        text.append('>');
        open.push(element);
        return this;
    }

    /** Closes the element that was opened last. */
    public Markup close() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content. */
    public Markup empty(String element, String... attributes) {
        start(element, attributes);
        text.append(VOID.contains(element) || isInSvg() ? "/>" : "></" + element + ">");
        return this;
    }

    /** An element with a text in it. */
    public Markup element(String element, String content, String... attributes) {
        return open(element, attributes).text(content).close();
    }

    public Markup text(String content) {
        escape(content, false);
        return this;
    }

    /** A style sheet or script of our own; it must not hold what ends it. */
    public Markup constant(String element, String content) {
        if (content.contains("</") || content.contains("<!--") || content.contains("]]>")) {
            throw new IllegalArgumentException(element + " ends in its middle");
        }
        text.append('<').append(element).append('>').append(marked(content));
        text.append("</").append(element).append('>');
        return this;
    }

    /**
     * A style or a script as {@link #constant} puts it between its tags: what reads it as XML sees the content as text; what reads
     * it as HTML sees the marks as a comment.
     */
    public static String marked(String content) {
        return "/*<![CDATA[*/\n" + content + "\n/*]]>*/";
    }

    /** Adds what was written apart. */
    public Markup add(Markup part) {
        if (!part.open.isEmpty()) {
            throw new IllegalArgumentException("'%s' is not closed".formatted(part.open.peek()));
        }
        text.append(part.text);
        return this;
    }

    /** Begins a new line, to keep lines short. */
    public Markup line() {
        text.append('\n');
        return this;
    }

    private boolean isInSvg() {
        return open.contains("svg");
    }

    private void start(String element, String... attributes) {
        text.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1], true);
            text.append('"');
        }
    }

    private void escape(String content, boolean inAttribute) {
        for (int i = 0; i < content.length(); i++) {
            char letter = content.charAt(i);
            switch (letter) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append(inAttribute ? "&quot;" : "\"");
                case '\n', '\t' -> text.append(letter);
                default -> text.append(isAllowed(content, i) ? letter : '\uFFFD');
            }
        }
    }

    /** XML has no control characters and no half of a pair; a title from a file's tags may. */
    private static boolean isAllowed(String content, int place) {
        char letter = content.charAt(place);
        if (Character.isHighSurrogate(letter)) {
            return place + 1 < content.length() && Character.isLowSurrogate(content.charAt(place + 1));
        }
        if (Character.isLowSurrogate(letter)) {
            return place > 0 && Character.isHighSurrogate(content.charAt(place - 1));
        }
        return letter >= 0x20 && letter < 0xFFFE && !(letter >= 0x7F && letter < 0xA0);
    }

    /** All of it; everything that was opened must be closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("'%s' is not closed".formatted(open.peek()));
        }
        return text.toString();
    }
}
