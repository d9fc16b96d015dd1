package io.stemline.training.soundfont;

import static java.lang.Math.fma;
import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.pow;
import static java.lang.StrictMath.sin;
import static java.lang.StrictMath.sqrt;

/**
 * One recording being played. What changes slowly (pitch, level, filter) does so every {@value #BLOCK} frames. The stretch
 * of the recording that a note needs is laid out first with its loop unrolled, so that the loop over the frames neither
 * branches nor wraps.
 */
final class Voice {
    static final int SAMPLE_RATE_HZ = 44_100;
    private static final int BLOCK = 64;
    private static final double BLOCK_SECONDS = (double) BLOCK / SAMPLE_RATE_HZ;
    private static final double LOWEST_KEY_HZ = 8.176;
    private static final double OPEN_FILTER_CENTS = 13_000;
    private static final int MARGIN = 4;
    private static final double PLACE_ONE = 0x1.0p32;
    /** What has fallen by so much is no longer heard among other parts. */
    private static final double INAUDIBLE_DB = 66;

    private static final float SCALE = 1f / 32_768;

    private final SoundFont font;
    private final Region region;
    private final double cents;
    private final double gain;
    private final Contour volume;
    private final Contour modulation;

    Voice(SoundFont font, Region region, int key, double tuneCents, int velocity, int heldFrames, double mostRelease) {
        this.font = font;
        this.region = region;
        cents = region.cents(key) + tuneCents;
        gain = region.gain() * pow(velocity / 127.0, 2);
        double held = (double) heldFrames / SAMPLE_RATE_HZ;
        double keysFromMiddle = 60 - key;
        volume = new Contour(
                region.seconds(Generator.VOLUME_DELAY),
                region.seconds(Generator.VOLUME_ATTACK),
                region.seconds(Generator.VOLUME_HOLD)
                        * pow(2, keysFromMiddle * region.value(Generator.KEY_TO_HOLD) / 1200),
                region.seconds(Generator.VOLUME_DECAY)
                        * pow(2, keysFromMiddle * region.value(Generator.KEY_TO_DECAY) / 1200),
                Math.clamp(region.value(Generator.VOLUME_SUSTAIN) / 10.0, 0, Contour.WHOLE_FALL_DB),
                Math.clamp(region.seconds(Generator.VOLUME_RELEASE), Math.min(0.05, mostRelease), mostRelease),
                held);
        modulation = new Contour(
                region.seconds(Generator.MODULATION_DELAY),
                region.seconds(Generator.MODULATION_ATTACK),
                region.seconds(Generator.MODULATION_HOLD),
                region.seconds(Generator.MODULATION_DECAY),
                Math.clamp(region.value(Generator.MODULATION_SUSTAIN) / 1000.0, 0, 1),
                region.seconds(Generator.MODULATION_RELEASE),
                held);
    }

    /** How many frames the voice can sound: until it has been faded by {@value #INAUDIBLE_DB} dB, or the recording ends. */
    int longestFrames() {
        long faded = (long) (volume.secondsToFall(INAUDIBLE_DB) * SAMPLE_RATE_HZ) + BLOCK;
        long recorded = region.isLooped()
                ? Long.MAX_VALUE
                : (long) ((region.end() - region.start()) / step(cents - 100)) + BLOCK;
        return (int) Math.min(Integer.MAX_VALUE, Math.min(faded, recorded));
    }

    /** Source samples per frame. */
    private double step(double cents) {
        return region.sample().sampleRateHz() * Power.ofTwo(cents / 1200) / SAMPLE_RATE_HZ;
    }

    /** Adds the voice from its start to where the arrays end. */
    void add(Sampler.Bend bend, float[] left, float[] right) {
        int frames = Math.min(left.length, longestFrames());
        double[] steps = steps(bend, (frames + BLOCK - 1) / BLOCK);
        double sourceLength = 0;
        for (double step : steps) {
            sourceLength += step * BLOCK;
        }
        float[] source = source((int) sourceLength + 2 * MARGIN);
        double angle = (region.pan() + 1) * Math.PI / 4;
        float toLeft = (float) (sqrt(2) * cos(angle));
        float toRight = (float) (sqrt(2) * sin(angle));
        LowPass filter = filter();
        float[] block = new float[BLOCK];
        double position = 1;
        double level = 0;
        for (int start = 0; start < frames; start += BLOCK) {
            double seconds = (double) start / SAMPLE_RATE_HZ;
            double nextLevel = gain * volume.amplitude(seconds + BLOCK_SECONDS);
            double step = steps[start / BLOCK];
            interpolate(source, position, step, (float) level, (float) (nextLevel - level) / BLOCK, block);
            filter.filter(block, seconds);
            int length = Math.min(BLOCK, frames - start);
            for (int i = 0; i < length; i++) {
                left[start + i] += toLeft * block[i];
                right[start + i] += toRight * block[i];
            }
            position += step * BLOCK;
            level = nextLevel;
        }
    }

    private double[] steps(Sampler.Bend bend, int blocks) {
        double[] steps = new double[blocks];
        double unbent = step(cents);
        int vibratoCents = region.value(Generator.VIBRATO_TO_PITCH);
        int modulationCents = region.value(Generator.MODULATION_TO_PITCH);
        double vibratoDelay = region.seconds(Generator.VIBRATO_DELAY);
        double vibratoHz = LOWEST_KEY_HZ * pow(2, region.value(Generator.VIBRATO_FREQUENCY) / 1200.0);
        boolean moves = bend != Sampler.Bend.NONE || vibratoCents != 0 || modulationCents != 0;
        for (int block = 0; block < blocks; block++) {
            double seconds = block * BLOCK_SECONDS;
            steps[block] = moves
                    ? step(cents
                            + bend.cents(seconds)
                            + vibratoCents * vibrato(seconds - vibratoDelay, vibratoHz)
                            + modulationCents * modulation.share(seconds))
                    : unbent;
        }
        return steps;
    }

    /** A triangle, -1 to 1. */
    private static double vibrato(double secondsSinceOnset, double hertz) {
        if (secondsSinceOnset <= 0) {
            return 0;
        }
        double cycle = secondsSinceOnset * hertz + 0.25;
        return 1 - 4 * Math.abs(cycle - Math.floor(cycle) - 0.5);
    }

    /** The recording from one sample before its start, its loop unrolled, silence after its end. */
    private float[] source(int length) {
        int recorded = region.isLooped() ? region.loopEnd() - region.start() : region.end() - region.start();
        short[] read = new short[Math.min(recorded, length - 1)];
        font.read(region.start(), read, read.length);
        float[] source = new float[length];
        for (int i = 0; i < read.length; i++) {
            source[i + 1] = SCALE * read[i];
        }
        if (region.isLooped()) {
            int period = region.loopEnd() - region.loopStart();
            for (int i = read.length + 1; i < length; i++) {
                source[i] = source[i - period];
            }
        }
        return source;
    }

    /** Cubic interpolation (Hermite, Catmull-Rom tangents), with a level that moves in a straight line. */
    private static void interpolate(
            float[] source, double position, double step, float level, float levelStep, float[] block) {
        int from = (int) position;
        long place = (long) ((position - from) * PLACE_ONE);
        long placeStep = (long) (step * PLACE_ONE);
        float gain = level;
        for (int i = 0; i < BLOCK; i++) {
            float t = ((int) place >>> 8) * 0x1.0p-24f;
            int at = from + (int) (place >>> 32);
            float a = source[at - 1];
            float b = source[at];
            float c = source[at + 1];
            float d = source[at + 2];
            float slope = 0.5f * (c - a);
            float cube = 0.5f * (d - a) + 1.5f * (b - c);
            float square = c - b - slope - cube;
            block[i] = gain * (((cube * t + square) * t + slope) * t + b);
            gain += levelStep;
            place += placeStep;
        }
    }

    private LowPass filter() {
        int filterCents = region.value(Generator.FILTER_CENTS);
        int modulationCents = region.value(Generator.MODULATION_TO_FILTER);
        double q = pow(10, (region.value(Generator.FILTER_Q) - 30.1) / 200);
        return new LowPass(filterCents, modulationCents, modulation, Math.max(0.5, q));
    }

    /** A resonant low-pass after the Audio EQ Cookbook, moved by the modulation envelope; open ones let all through. */
    private static final class LowPass {
        private final double cents;
        private final double modulationCents;
        private final Contour modulation;
        private final double q;
        private final boolean open;
        private double tunedCents = Double.NaN;
        private double b0;
        private double a1;
        private double a2;
        private double x1;
        private double x2;
        private double y1;
        private double y2;

        LowPass(double cents, double modulationCents, Contour modulation, double q) {
            this.cents = cents;
            this.modulationCents = modulationCents;
            this.modulation = modulation;
            this.q = q;
            open = cents >= OPEN_FILTER_CENTS && modulationCents >= 0;
        }

        void filter(float[] block, double seconds) {
            if (open) {
                return;
            }
            double now = Math.clamp(
                    cents + (modulationCents == 0 ? 0 : modulationCents * modulation.share(seconds)),
                    1_500,
                    OPEN_FILTER_CENTS);
            if (now != tunedCents) {
                tune(now);
            }
            for (int i = 0; i < BLOCK; i++) {
                double in = block[i] + 1e-15;
                double out = fma(-a1, y1, fma(b0, in + 2 * x1 + x2, -a2 * y2));
                x2 = x1;
                x1 = in;
                y2 = y1;
                y1 = out;
                block[i] = (float) out;
            }
        }

        private void tune(double now) {
            tunedCents = now;
            double w = 2 * Math.PI * LOWEST_KEY_HZ * Power.ofTwo(now / 1200) / SAMPLE_RATE_HZ;
            double alpha = sin(w) / (2 * q);
            double a0 = 1 + alpha;
            b0 = (1 - cos(w)) / 2 / a0;
            a1 = -2 * cos(w) / a0;
            a2 = (1 - alpha) / a0;
        }
    }
}
