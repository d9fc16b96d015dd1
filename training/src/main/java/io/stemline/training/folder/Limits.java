package io.stemline.training.folder;

import java.util.ArrayList;

/** The bounds of numbers in words. */
final class Limits {

    private Limits() {}

    /** "between 0 and 1", "at least 1", "above 0 and below 1"; empty without bounds. */
    static String words(Setting setting) {
        boolean from = Double.isFinite(setting.min());
        boolean to = Double.isFinite(setting.max());
        var words = new ArrayList<String>();
        if (from && to) {
            words.add("between " + number(setting.min()) + " and " + number(setting.max()));
        } else if (from) {
            words.add("at least " + number(setting.min()));
        }
        if (Double.isFinite(setting.above())) {
            words.add("above " + number(setting.above()));
        }
        if (to && !from) {
            words.add("at most " + number(setting.max()));
        }
        if (Double.isFinite(setting.below())) {
            words.add("below " + number(setting.below()));
        }
        return String.join(" and ", words);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
