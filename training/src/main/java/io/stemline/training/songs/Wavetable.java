package io.stemline.training.songs;

import static java.lang.StrictMath.sin;

import java.util.function.IntToDoubleFunction;

/**
 * One cycle of a waveform, in versions with ever fewer harmonics (half an octave apart), so that a note of any pitch can be
 * played without aliasing. Phase is a 32-bit integer that overflows once a cycle.
 */
final class Wavetable {
    static final int LENGTH = 2048;
    private static final int INDEX_SHIFT = 32 - 11;
    private static final int FRACTION_MASK = (1 << INDEX_SHIFT) - 1;
    private static final float FRACTION_SCALE = 1f / (1 << INDEX_SHIFT);
    private static final double HIGHEST_HZ = 18_000;
    private static final double CYCLE = 0x1.0p32;
    private static final double[] SINE_CYCLE = sineCycle();

    static final Wavetable SINE = ofSines(1, h -> 1);
    static final Wavetable SAW = ofSines(512, h -> 0.6 / h);
    static final Wavetable SQUARE = ofSines(512, h -> h % 2 == 0 ? 0 : 1.0 / h);
    static final Wavetable TRIANGLE = ofSines(128, h -> h % 2 == 0 ? 0 : (h % 4 == 1 ? 1.0 : -1.0) / (h * h));
    static final Wavetable PULSE = ofSines(512, h -> 0.8 * sin(Math.PI * 0.22 * h) / h);

    private final int[] harmonics;
    private final float[][] cycles;

    private Wavetable(int[] harmonics, float[][] cycles) {
        this.harmonics = harmonics;
        this.cycles = cycles;
    }

    /** A waveform from the amplitudes of its harmonics 1, 2, ... as sines. */
    static Wavetable ofSines(int harmonics, IntToDoubleFunction amplitude) {
        return ofHarmonics(harmonics, amplitude, h -> 0);
    }

    /** A waveform from the amplitudes of the sine and cosine of each harmonic. */
    static Wavetable ofHarmonics(int harmonics, IntToDoubleFunction sine, IntToDoubleFunction cosine) {
        int[] limits = limits(harmonics);
        float[][] cycles = new float[limits.length][LENGTH];
        double[] sum = new double[LENGTH];
        int done = 0;
        for (int level = 0; level < limits.length; level++) {
            for (int h = done + 1; h <= limits[level]; h++) {
                addHarmonic(sum, h, sine.applyAsDouble(h), cosine.applyAsDouble(h));
            }
            done = limits[level];
            for (int i = 0; i < LENGTH; i++) {
                cycles[level][i] = (float) sum[i];
            }
        }
        return new Wavetable(limits, cycles);
    }

    private static int[] limits(int harmonics) {
        int levels = 1;
        for (double limit = 1; limit < harmonics; limit *= Math.sqrt(2)) {
            levels++;
        }
        int[] limits = new int[levels];
        double limit = 1;
        for (int level = 0; level < levels; level++) {
            limits[level] = Math.min(harmonics, (int) Math.round(limit));
            limit *= Math.sqrt(2);
        }
        return limits;
    }

    private static void addHarmonic(double[] sum, int h, double sine, double cosine) {
        for (int i = 0; i < LENGTH; i++) {
            sum[i] += sine * SINE_CYCLE[(h * i) & (LENGTH - 1)]
                    + cosine * SINE_CYCLE[(h * i + LENGTH / 4) & (LENGTH - 1)];
        }
    }

    private static double[] sineCycle() {
        double[] cycle = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            cycle[i] = sin(2 * Math.PI * i / LENGTH);
        }
        return cycle;
    }

    /** The version of the cycle with as many harmonics as stay below 18 kHz at this pitch. */
    float[] cycleFor(double frequencyHz) {
        double most = HIGHEST_HZ / frequencyHz;
        int level = harmonics.length - 1;
        while (level > 0 && harmonics[level] > most) {
            level--;
        }
        return cycles[level];
    }

    /** What the phase advances by in a sample. */
    static int step(double frequencyHz) {
        return (int) (long) (frequencyHz / SongGenerator.SAMPLE_RATE_HZ * CYCLE);
    }

    static int phase(double cycles) {
        return (int) (long) ((cycles - Math.floor(cycles)) * CYCLE);
    }

    static float at(float[] cycle, int phase) {
        int index = phase >>> INDEX_SHIFT;
        float here = cycle[index];
        float next = cycle[(index + 1) & (LENGTH - 1)];
        return here + (next - here) * ((phase & FRACTION_MASK) * FRACTION_SCALE);
    }

    /** Adds a tone of constant pitch. */
    void add(float[] out, int frames, double frequencyHz, double startCycles, float gain) {
        float[] cycle = cycleFor(frequencyHz);
        int step = step(frequencyHz);
        int phase = phase(startCycles);
        for (int i = 0; i < frames; i++) {
            out[i] += gain * at(cycle, phase);
            phase += step;
        }
    }

    /** Adds a tone whose amplitude falls by 60 dB in the given time. */
    void addDecaying(
            float[] out, int frames, double frequencyHz, double startCycles, double gain, double decaySeconds) {
        float[] cycle = cycleFor(frequencyHz);
        int step = step(frequencyHz);
        int phase = phase(startCycles);
        float level = (float) gain;
        float keep = (float) Envelope.keepPerFrame(decaySeconds);
        for (int i = 0; i < frames; i++) {
            out[i] += level * at(cycle, phase);
            level *= keep;
            phase += step;
        }
    }
}
