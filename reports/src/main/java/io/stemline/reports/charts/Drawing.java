package io.stemline.reports.charts;

import io.stemline.reports.markup.Markup;
import java.util.Locale;

/** Shapes of a chart, in the units of its picture. Colours are the style sheet's, by class. */
final class Drawing {
    /** Of letters of the charts' size, on average of a wide typeface; only to cut what is too long for its column. */
    private static final double LETTER_WIDTH = 7.6;

    private final Markup svg = new Markup();

    Drawing(double width, double height, String description) {
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 %s %s".formatted(number(width), number(height)),
                "role",
                "img",
                "aria-label",
                description);
    }

    Drawing line(String style, double x1, double y1, double x2, double y2) {
        svg.empty("line", "class", style, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
        return this;
    }

    Drawing box(String style, double x, double y, double width, double height) {
        svg.empty(
                "rect",
                "class",
                style,
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(Math.max(0, width)),
                "height",
                number(height));
        return this;
    }

    Drawing dot(String style, double x, double y, double radius) {
        svg.empty("circle", "class", style, "cx", number(x), "cy", number(y), "r", number(radius));
        return this;
    }

    Drawing path(String style, CharSequence path) {
        svg.empty("path", "class", style, "d", path.toString());
        return this;
    }

    /** Text that begins, ends or has its middle at {@code x}: {@code start}, {@code end}, {@code middle}. */
    Drawing text(String style, double x, double y, String anchor, String content) {
        svg.element("text", content, "class", style, "x", number(x), "y", number(y), "text-anchor", anchor);
        return this;
    }

    /** Begins a group whose title browsers show under the pointer. */
    Drawing group(String style, String title) {
        svg.open("g", "class", style).element("title", title);
        return this;
    }

    Drawing endGroup() {
        svg.close();
        return this;
    }

    Markup finish() {
        return svg.close();
    }

    /** As much of a text as a column holds. */
    static String fitting(String text, double width) {
        int most = Math.max(2, (int) (width / LETTER_WIDTH));
        int letters = text.codePointCount(0, text.length());
        return letters <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
