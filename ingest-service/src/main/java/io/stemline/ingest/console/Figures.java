package io.stemline.ingest.console;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as the pages write them: {@code {figure:clock(seconds)}}. */
@TemplateExtension(namespace = "figure")
public final class Figures {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    private Figures() {}

    /** A place in a track or its length: {@code 3:07}, {@code 2:00:00}. */
    public static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < SECONDS_PER_HOUR
                ? "%d:%02d".formatted(whole / SECONDS_PER_MINUTE, whole % SECONDS_PER_MINUTE)
                : "%d:%02d:%02d"
                        .formatted(
                                whole / SECONDS_PER_HOUR,
                                whole % SECONDS_PER_HOUR / SECONDS_PER_MINUTE,
                                whole % SECONDS_PER_MINUTE);
    }

    /** How long something takes, in words: {@code 40 s}, {@code 12 min}, {@code 3 h 20 min}, {@code 5 days}. */
    public static String span(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 2 * SECONDS_PER_MINUTE) {
            return seconds + " s";
        }
        long minutes = duration.toMinutes();
        if (minutes < 2 * SECONDS_PER_MINUTE) {
            return minutes + " min";
        }
        return duration.toHours() < 72
                ? "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart())
                : duration.toDays() + " days";
    }

    /** A date and time, UTC. */
    public static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    /** With a separator between thousands. */
    public static String count(Number number) {
        return String.format(Locale.ROOT, "%,d", number.longValue());
    }

    /** A number of tracks, in words: {@code 1 track}, {@code 2,000 tracks}. */
    public static String tracks(Number number) {
        return count(number) + (number.longValue() == 1 ? " track" : " tracks");
    }

    /** With one digit after the point. */
    public static String tenths(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    /** A level or score with two digits after the point, and infinities as such. */
    public static String decibels(double levelDb) {
        if (Double.isNaN(levelDb)) {
            return "–";
        }
        if (Double.isInfinite(levelDb)) {
            return levelDb > 0 ? "∞" : "−∞";
        }
        return String.format(Locale.ROOT, "%.2f", levelDb).replace('-', '−');
    }

    /** A difference of levels or scores, with its sign. */
    public static String gain(double differenceDb) {
        return differenceDb > 0 ? "+" + decibels(differenceDb) : decibels(differenceDb);
    }

    /** A share of one as a bar takes it: 0 to 1000. */
    public static long thousandths(double fraction) {
        return Math.round(1000 * Math.clamp(fraction, 0, 1));
    }

    public static String percent(double fraction) {
        return Math.round(100 * fraction) + " %";
    }

    public static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** The beginning of an id, which is enough for people. */
    public static String brief(String id) {
        return id.length() <= 12 ? id : id.substring(0, 12);
    }
}
