package io.stemline.cli;

import io.stemline.cli.terminal.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How what is known of models and their making is written down. */
final class LearningTexts {

    private static final int TO_THE_SECOND = "2026-01-31T12:00:00".length();

    private final List<String> lines = new ArrayList<>();

    /** A time of the API, to the second. */
    static String time(String instant) {
        return instant.substring(0, Math.min(TO_THE_SECOND, instant.length())).replace('T', ' ');
    }

    /** Counts by split: {@code 70 train, 20 test}. */
    static String splits(Map<String, Integer> splits) {
        var texts = new ArrayList<String>();
        splits.forEach((split, tracks) -> texts.add(tracks + " " + word(split)));
        return String.join(", ", texts);
    }

    /** A constant of the API as a word: {@code set aside}. */
    static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    LearningTexts line(String text) {
        lines.add(text);
        return this;
    }

    /** A fact with its label in front, made harmless. */
    LearningTexts fact(String label, String text) {
        lines.add("%-16s%s".formatted(label, Texts.harmless(text)));
        return this;
    }

    LearningTexts fact(String label, Optional<String> text) {
        text.ifPresent(present -> fact(label, present));
        return this;
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
