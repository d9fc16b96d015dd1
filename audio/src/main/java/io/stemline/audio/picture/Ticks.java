package io.stemline.audio.picture;

import io.stemline.audio.spectrum.MelScale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where axes are marked, and with what. */
final class Ticks {

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    /** How much room a label takes with the gap to the next, in widths of the label. */
    private static final double LABEL_AND_GAP = 1.7;

    private static final double[] TIME_STEPS = DoubleStream.concat(
                    DoubleStream.iterate(1e-6, step -> step < 0.5, step -> 10 * step)
                            .flatMap(step -> DoubleStream.of(step, 2 * step, 5 * step)),
                    DoubleStream.of(
                            1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 43_200, 86_400))
            .toArray();

    /** Octaves of 1 kHz, the ones that divide the axis best first. */
    private static final double[] OCTAVES_HZ = {
        1000, 4000, 16_000, 2000, 8000, 500, 32_000, 64_000, 128_000, 256_000, 512_000, 1_024_000, 2_048_000, 0, 250,
        125
    };

    private Ticks() {}

    /**
     * A mark on an axis.
     *
     * @param position the value that is marked: seconds, a share of the axis
     */
    record Tick(double position, String label) {}

    /**
     * The marks of a time axis.
     *
     * @param unit how the labels are to be read: {@code min:s}
     */
    record TimeAxis(List<Tick> ticks, String unit) {}

    /** How wide a label is, in pixels. */
    interface LabelWidth {
        double of(String label);
    }

    /** Round times from 0 on, as many as have room. */
    static TimeAxis time(double seconds, double widthPixels, LabelWidth width) {
        double step = stepFor(seconds, widthPixels, width);
        var ticks = new ArrayList<Tick>();
        for (int i = 0; i * step <= seconds * (1 + 1e-9); i++) {
            ticks.add(new Tick(i * step, timeLabel(seconds, step, i * step)));
        }
        return new TimeAxis(ticks, timeUnit(seconds, step));
    }

    private static double stepFor(double seconds, double widthPixels, LabelWidth width) {
        if (seconds == 0) {
            return 1;
        }
        for (double step : TIME_STEPS) {
            double last = step * Math.floor(seconds / step);
            if (seconds / step * width.of(timeLabel(seconds, step, last)) * LABEL_AND_GAP <= widthPixels) {
                return step;
            }
        }
        return TIME_STEPS[TIME_STEPS.length - 1] * Math.ceil(seconds / TIME_STEPS[TIME_STEPS.length - 1] / 4);
    }

    private static String timeUnit(double axisSeconds, double step) {
        if (axisSeconds < MINUTE) {
            return "s";
        }
        if (axisSeconds < HOUR) {
            return "min:s";
        }
        return step % MINUTE == 0 ? "h:min" : "h:min:s";
    }

    private static String timeLabel(double axisSeconds, double step, double seconds) {
        if (axisSeconds < MINUTE) {
            int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
            return String.format(Locale.ROOT, "%." + decimals + "f", seconds);
        }
        long whole = Math.round(seconds);
        if (axisSeconds < HOUR) {
            return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
        }
        String minutes = String.format(Locale.ROOT, "%d:%02d", whole / 3600, whole / 60 % 60);
        return step % MINUTE == 0 ? minutes : minutes + String.format(Locale.ROOT, ":%02d", whole % 60);
    }

    /**
     * Octaves of a frequency axis that is linear in mel, from 0 to the highest frequency; a position is a share of it.
     *
     * @param leastDistance between two marks, as a share of the axis
     */
    static List<Tick> frequency(MelScale scale, double highestHz, double leastDistance) {
        double[] candidates = highestHz < 1000
                ? IntStream.range(0, 10)
                        .mapToDouble(count -> count * Math.pow(10, Math.floor(Math.log10(highestHz))))
                        .toArray()
                : OCTAVES_HZ;
        var ticks = new ArrayList<Tick>();
        for (double hz : candidates) {
            double position = scale.fromHz(hz) / scale.fromHz(highestHz);
            if (position <= 1 + 1e-9
                    && ticks.stream().allMatch(tick -> Math.abs(tick.position() - position) >= leastDistance)) {
                ticks.add(new Tick(position, frequencyLabel(hz)));
            }
        }
        ticks.sort(Comparator.comparingDouble(Tick::position));
        return ticks;
    }

    private static String frequencyLabel(double hz) {
        return hz >= 1000 ? number(hz / 1000) + " kHz" : number(hz) + " Hz";
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(Math.rint(value * 1000) / 1000);
    }

    /** The amplitude at the edge of a waveform's plot: full scale where that suits, else a little above the peak. */
    static double amplitudeScale(double peak) {
        if (peak == 0 || peak > 0.5 && peak <= 1) {
            return 1;
        }
        return 1.03 * peak;
    }

    /**
     * Levels in steps of 6 dB for the upper half of a waveform's plot; a position is a share of that half.
     *
     * @param scale the amplitude at the edge
     * @param leastDistance between two marks, as a share of the half
     */
    static List<Tick> level(double scale, double leastDistance) {
        long highest = (long) Math.floor(20 * Math.log10(scale) / 6 + 1e-9);
        return Stream.iterate(highest, step -> step - 1)
                .map(step -> new Tick(Math.pow(10, 6 * step / 20.0) / scale, levelLabel(6 * step)))
                .takeWhile(tick -> tick.position() >= leastDistance)
                .filter(new Apart(leastDistance)::isFar)
                .toList();
    }

    static String levelLabel(long levelDb) {
        return (levelDb < 0 ? "\u2212" : levelDb > 0 ? "+" : "") + Math.abs(levelDb) + " dB";
    }

    /** Lets through what is far enough below the last that it let through. */
    private static final class Apart {

        private final double leastDistance;
        private double last = Double.POSITIVE_INFINITY;

        Apart(double leastDistance) {
            this.leastDistance = leastDistance;
        }

        boolean isFar(Tick tick) {
            if (last - tick.position() < leastDistance) {
                return false;
            }
            last = tick.position();
            return true;
        }
    }
}
