package io.stemline.reports.page;

import java.util.Locale;

/** Numbers of things in words. */
public final class Counts {
    private Counts() {}

    /** "1 track", "2,000 tracks". */
    public static String of(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }

    /** A length of time: "3 h 5 min", "4 min 7 s", "12 s". */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole >= 3600) {
            return "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
        }
        return whole >= 60 ? "%d min %d s".formatted(whole / 60, whole % 60) : whole + " s";
    }
}
