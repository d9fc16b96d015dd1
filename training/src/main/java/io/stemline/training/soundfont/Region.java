package io.stemline.training.soundfont;

import static java.lang.StrictMath.pow;

import java.util.Map;

/** One recording of an instrument, for a range of keys and velocities, and how it is played. */
public final class Region {
    /** Players attenuate by 0.4 of what is written, as the first hardware did and fonts since expect. */
    private static final double ATTENUATION_SCALE = 0.4;

    private final Range keys;
    private final Range velocities;
    private final Sample sample;
    private final int[] values = new int[Generator.values().length];

    /** Numbers from the lowest to the highest, both included. */
    record Range(int lowest, int highest) {
        static final Range ALL = new Range(0, 127);

        boolean contains(int number) {
            return number >= lowest && number <= highest;
        }

        Range and(Range other) {
            return new Range(Math.max(lowest, other.lowest), Math.min(highest, other.highest));
        }

        boolean isEmpty() {
            return lowest > highest;
        }
    }

    Region(Range keys, Range velocities, Sample sample, Map<Generator, Integer> values) {
        this.keys = keys;
        this.velocities = velocities;
        this.sample = sample;
        for (Generator generator : Generator.values()) {
            this.values[generator.ordinal()] = values.getOrDefault(generator, generator.standard);
        }
    }

    boolean covers(int key, int velocity) {
        return keys.contains(key) && velocities.contains(velocity);
    }

    Sample sample() {
        return sample;
    }

    int value(Generator generator) {
        return values[generator.ordinal()];
    }

    double seconds(Generator timecents) {
        return pow(2, value(timecents) / 1200.0);
    }

    int start() {
        return sample.start() + value(Generator.START_OFFSET) + (value(Generator.START_OFFSET_COARSE) << 15);
    }

    int end() {
        return sample.end() + value(Generator.END_OFFSET) + (value(Generator.END_OFFSET_COARSE) << 15);
    }

    int loopStart() {
        return sample.loopStart()
                + value(Generator.LOOP_START_OFFSET)
                + (value(Generator.LOOP_START_OFFSET_COARSE) << 15);
    }

    int loopEnd() {
        return sample.loopEnd() + value(Generator.LOOP_END_OFFSET) + (value(Generator.LOOP_END_OFFSET_COARSE) << 15);
    }

    boolean isLooped() {
        boolean asked = (value(Generator.SAMPLE_MODES) & 1) == 1;
        return asked && loopStart() >= start() && loopEnd() <= end() && loopEnd() - loopStart() >= 8;
    }

    /** How many cents above the recording's own speed a key is played. */
    double cents(double key) {
        int root = value(Generator.ROOT_KEY) >= 0 ? value(Generator.ROOT_KEY) : sample.key();
        return (key - root) * value(Generator.SCALE_TUNING)
                + value(Generator.COARSE_TUNE) * 100.0
                + value(Generator.FINE_TUNE)
                + sample.correctionCents();
    }

    double gain() {
        return pow(10, -Math.max(0, value(Generator.ATTENUATION)) * ATTENUATION_SCALE / 200);
    }

    /** -1 left to 1 right. */
    double pan() {
        return Math.clamp(value(Generator.PAN) / 500.0, -1, 1);
    }
}
