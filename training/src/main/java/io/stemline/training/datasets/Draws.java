package io.stemline.training.datasets;

import java.util.Random;

/**
 * Random choices that depend on numbers given (a seed, a step, an index) and on nothing else, and are the same on every Java
 * runtime.
 */
public final class Draws {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final Random random;

    private Draws(long seed) {
        random = new Random(seed);
    }

    /** Choices for these numbers; other numbers, or another order, give choices that have nothing to do with these. */
    public static Draws of(long... numbers) {
        long hash = 0;
        for (long number : numbers) {
            hash = mix(hash + GOLDEN_GAMMA ^ mix(number + GOLDEN_GAMMA));
        }
        return new Draws(hash);
    }

    /** A number for a name, for {@link #of}. */
    public static long number(String name) {
        long hash = name.length();
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA ^ name.charAt(i));
        }
        return hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    public boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** From 0 to below the bound, all equally likely. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** From 0 to below the bound. */
    public long below(long bound) {
        return (long) (random.nextDouble() * bound);
    }

    public double uniform(double lowest, double highest) {
        return lowest + (highest - lowest) * random.nextDouble();
    }

    /** Uniform in octaves. */
    public double logUniform(double lowest, double highest) {
        return StrictMath.exp(uniform(StrictMath.log(lowest), StrictMath.log(highest)));
    }
}
