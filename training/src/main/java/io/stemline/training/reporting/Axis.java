package io.stemline.training.reporting;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a plot with round numbers on it.
 *
 * @param least the value at its beginning
 * @param most the value at its end
 * @param marks values that are labelled
 */
record Axis(double least, double most, boolean logarithmic, List<Double> marks) {

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final double ROUNDING = 1e-9;

    /** An axis that reaches from the round number below the least value to that above the most, with about so many marks. */
    static Axis roundAround(double least, double most, int wantedMarks) {
        double from = least < most ? least : least - Math.max(0.5, Math.abs(least) / 10);
        double to = least < most ? most : most + Math.max(0.5, Math.abs(most) / 10);
        double step = step(to - from, wantedMarks);
        long first = (long) Math.floor(from / step + ROUNDING);
        long last = (long) Math.ceil(to / step - ROUNDING);
        return new Axis(first * step, last * step, false, marks(first, last, step));
    }

    /** An axis that reaches from value to value, with at most so many marks at round numbers in between. */
    static Axis between(double least, double most, int mostMarks) {
        double to = least < most ? most : least + 1;
        double step = step(to - least, mostMarks);
        long first = (long) Math.ceil(least / step - ROUNDING);
        long last = (long) Math.floor(to / step + ROUNDING);
        return new Axis(least, to, false, marks(first, last, step));
    }

    /** A logarithmic axis of positive values, from the mark below the least to that above the most. */
    static Axis logarithmic(double least, double most) {
        double decades = Math.log10(most / least);
        double[] steps = decades > 3 ? new double[] {1} : new double[] {1, 2, 5};
        var marks = new ArrayList<Double>();
        int firstDecade = (int) Math.floor(Math.log10(least)) - 1;
        int lastDecade = (int) Math.ceil(Math.log10(most)) + 1;
        for (int decade = firstDecade; decade <= lastDecade; decade++) {
            for (double step : steps) {
                marks.add(step * Math.pow(10, decade));
            }
        }
        double from = marks.stream()
                .filter(mark -> mark <= least * (1 + ROUNDING))
                .max(Double::compare)
                .orElseThrow();
        double to = marks.stream()
                .filter(mark -> mark >= most * (1 - ROUNDING))
                .min(Double::compare)
                .orElseThrow();
        double end = from < to ? to : marks.get(marks.indexOf(from) + 1);
        return new Axis(
                from,
                end,
                true,
                marks.stream().filter(mark -> mark >= from && mark <= end).toList());
    }

    private static double step(double range, int wantedMarks) {
        double rough = range / wantedMarks;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double step : STEPS) {
            if (step * decade >= rough * (1 - ROUNDING)) {
                return step * decade;
            }
        }
        return 10 * decade;
    }

    private static List<Double> marks(long first, long last, double step) {
        var marks = new ArrayList<Double>();
        for (long i = first; i <= last; i++) {
            marks.add(i * step);
        }
        return List.copyOf(marks);
    }

    /** Where a value lies: 0 at the beginning, 1 at the end. */
    double position(double value) {
        return logarithmic ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
    }

    /** A mark as text, with as many decimals as all of them need. */
    String label(double mark) {
        if (logarithmic) {
            return significant(mark);
        }
        double step = marks.size() < 2 ? Math.max(1, Math.abs(mark)) : marks.get(1) - marks.get(0);
        int decimals = (int) Math.clamp(Math.ceil(-Math.log10(step) - ROUNDING), 0, 12);
        return number(mark, decimals);
    }

    /** A positive number with two significant digits: {@code 0.0012}, {@code 2·10⁻⁵}. */
    static String significant(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros();
        int decade = rounded.precision() - rounded.scale() - 1;
        if (decade >= -4 && decade < 5) {
            return number(rounded.doubleValue(), Math.max(0, rounded.scale()));
        }
        var exponent = new StringBuilder(decade < 0 ? "⁻" : "");
        Integer.toString(Math.abs(decade)).chars().forEach(digit -> exponent.append(SUPERSCRIPTS.charAt(digit - '0')));
        String factor = rounded.scaleByPowerOfTen(-decade).toPlainString();
        return (factor.equals("1") ? "" : factor + "·") + "10" + exponent;
    }

    /** A number with thousands apart and a minus that is as wide as a digit. */
    static String number(double value, int decimals) {
        String digits = String.format(Locale.ROOT, "%,." + decimals + "f", Math.abs(value))
                .replace(',', '\u202f');
        boolean zero = digits.chars().noneMatch(sign -> sign >= '1' && sign <= '9');
        return value < 0 && !zero ? "\u2212" + digits : digits;
    }
}
