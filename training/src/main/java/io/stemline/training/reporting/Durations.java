package io.stemline.training.reporting;

import java.util.Locale;

/** Lengths of time for people: the two largest units that say something. */
final class Durations {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Durations() {}

    /** {@code 45 s}, {@code 3 min 05 s}, {@code 2 h 13 min}, {@code 4 d 07 h}. */
    static String words(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        if (whole < MINUTE) {
            return whole + " s";
        }
        if (whole < HOUR) {
            return String.format(Locale.ROOT, "%d min %02d s", whole / MINUTE, whole % MINUTE);
        }
        if (whole < DAY) {
            return String.format(Locale.ROOT, "%d h %02d min", whole / HOUR, whole % HOUR / MINUTE);
        }
        return String.format(Locale.ROOT, "%d d %02d h", whole / DAY, whole % DAY / HOUR);
    }
}
