package io.stemline.reports.charts;

import io.stemline.statistics.Interval;
import java.util.Locale;

/** Figures in words. */
public final class Decibels {
    private Decibels() {}

    /** Two decimals with a true minus sign; a dash where there is nothing. */
    public static String of(double figure) {
        if (Double.isNaN(figure)) {
            return "\u2013";
        }
        if (Double.isInfinite(figure)) {
            return figure > 0 ? "\u221e" : "\u2212\u221e";
        }
        String text = String.format(Locale.ROOT, "%.2f", Math.abs(figure));
        return figure < 0 && !text.equals("0.00") ? "\u2212" + text : text;
    }

    /** A figure that always says its sign. */
    public static String signed(double figure) {
        return (figure > 0 ? "+" : "") + of(figure);
    }

    /** From one end to the other. */
    public static String range(Interval interval) {
        return of(interval.low()) + " to " + of(interval.high());
    }
}
