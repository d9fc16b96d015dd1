package io.stemline.cli.terminal;

/** Text in a terminal's cells: how wide it is, how it is made to fit, and what must not get there. */
public final class Texts {

    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1FAFF},
        {0x20000, 0x3FFFD}
    };
    private static final String FIRST_STRONG_ISOLATE = "\u2068";
    private static final String POP_ISOLATE = "\u2069";

    private Texts() {}

    /** Cells that a text takes. */
    public static int width(String text) {
        return text.codePoints().map(Texts::width).sum();
    }

    /** The text, ended by an ellipsis if it takes more than {@code cells}. */
    public static String fit(String text, int cells) {
        if (width(text) <= cells) {
            return text;
        }
        var fitting = new StringBuilder();
        int left = cells - 1;
        for (int codePoint : text.codePoints().toArray()) {
            left -= width(codePoint);
            if (left < 0) {
                break;
            }
            fitting.appendCodePoint(codePoint);
        }
        return fitting.append('…').toString();
    }

    /**
     * A text from outside, made harmless: without control characters, which could repaint the terminal, and, where letters
     * run from right to left, kept from turning its neighbours around.
     */
    public static String harmless(String text) {
        var clean = new StringBuilder();
        text.codePoints().forEach(codePoint -> clean.appendCodePoint(isControl(codePoint) ? 0xFFFD : codePoint));
        boolean rightToLeft = text.codePoints().anyMatch(Texts::isRightToLeft);
        return rightToLeft ? FIRST_STRONG_ISOLATE + clean + POP_ISOLATE : clean.toString();
    }

    private static boolean isControl(int codePoint) {
        return Character.getType(codePoint) == Character.CONTROL
                || codePoint >= 0x202A && codePoint <= 0x202E
                || codePoint >= 0x2066 && codePoint <= 0x2069;
    }

    private static boolean isRightToLeft(int codePoint) {
        byte direction = Character.getDirectionality(codePoint);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return 2;
            }
        }
        return 1;
    }
}
