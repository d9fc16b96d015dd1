package io.stemline.audio.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.text.BreakIterator;
import java.util.Locale;

/** Letters and colours, in sizes that suit a picture's width. */
final class Ink {

    static final Color PAPER = Color.WHITE;
    static final Color TEXT = new Color(0x22, 0x22, 0x22);
    static final Color FRAME = new Color(0x66, 0x66, 0x66);
    static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
    static final Color EXTREMES = new Color(0x8a, 0xb4, 0xdc);
    static final Color RMS = new Color(0x1f, 0x5a, 0x96);

    private static final int LEAST_TEXT = 9;
    private static final int GREATEST_TEXT = 60;
    private static final double TEXTS_ACROSS = 84;
    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

    private final int text;
    private final Font plain;
    private final Font bold;
    private final Font title;

    Ink(int widthPixels) {
        this.text = (int) Math.max(LEAST_TEXT, Math.min(GREATEST_TEXT, Math.round(widthPixels / TEXTS_ACROSS)));
        this.plain = new Font(Font.SANS_SERIF, Font.PLAIN, text);
        this.bold = new Font(Font.SANS_SERIF, Font.BOLD, text);
        this.title = bold.deriveFont(1.15f * text);
    }

    /** Height of the letters in pixels, the measure of all distances. */
    int text() {
        return text;
    }

    /** A multiple of the letters' height, rounded. */
    int texts(double count) {
        return (int) Math.round(count * text);
    }

    Font plain() {
        return plain;
    }

    Font bold() {
        return bold;
    }

    Font title() {
        return title;
    }

    int width(String label) {
        return width(label, plain);
    }

    private static int width(String label, Font font) {
        return (int) Math.ceil(font.getStringBounds(label, MEASURE).getWidth());
    }

    /** Prepares a drawing surface. */
    static void prepare(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    }

    /** Writes a label that ends at {@code right} and whose middle is at {@code middle}. */
    void writeBefore(Graphics2D graphics, String label, int right, int middle) {
        write(graphics, plain, label, right - width(label), middle);
    }

    /** Writes a label that begins at {@code left}. */
    void writeAfter(Graphics2D graphics, String label, int left, int middle) {
        write(graphics, plain, label, left, middle);
    }

    /** Writes a label around {@code centre}. */
    void writeAround(Graphics2D graphics, String label, int centre, int middle) {
        write(graphics, plain, label, centre - width(label) / 2, middle);
    }

    /** Writes a line that is cut where it is longer than the room it has. */
    void writeLine(Graphics2D graphics, Font font, String line, int left, int middle, int room) {
        write(graphics, font, fitted(oneLine(line), font, room), left, middle);
    }

    private static void write(Graphics2D graphics, Font font, String label, int left, int middle) {
        graphics.setFont(font);
        graphics.setColor(TEXT);
        // Digits and capitals stand on the line and reach 0.72 above it.
        graphics.drawString(label, left, middle + 0.36f * font.getSize2D());
    }

    /** Signs that mean something to a terminal or break lines mean nothing in a picture. */
    static String oneLine(String line) {
        var clean = new StringBuilder();
        line.codePoints()
                .forEach(point -> clean.appendCodePoint(
                        Character.isISOControl(point) || point == 0x2028 || point == 0x2029 ? ' ' : point));
        return clean.toString().strip();
    }

    private static String fitted(String line, Font font, int room) {
        if (width(line, font) <= room) {
            return line;
        }
        var letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(line);
        int end = letters.last();
        while (end > 0 && width(line.substring(0, end).stripTrailing() + "…", font) > room) {
            end = letters.previous();
        }
        return end > 0 ? line.substring(0, end).stripTrailing() + "…" : "";
    }
}
