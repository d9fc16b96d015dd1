package io.stemline.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
public final class Durations {

    private Durations() {}

    /** The length of a piece of music: {@code 0:00.2}, {@code 3:05}, {@code 1:02:03}. */
    public static String length(double seconds) {
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "0:%04.1f", seconds);
        }
        return clock(Duration.ofSeconds(Math.round(seconds)));
    }

    /** Time that work took or will take: {@code 0.8 s}, {@code 12 s}, {@code 3:05}, {@code 1:02:03}. */
    public static String work(Duration time) {
        double seconds = time.toMillis() / 1e3;
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 59.5 ? Math.round(seconds) + " s" : clock(Duration.ofSeconds(Math.round(seconds)));
    }

    private static String clock(Duration time) {
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutesPart(), time.toSecondsPart());
    }
}
