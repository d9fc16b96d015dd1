package io.stemline.training.songs;

import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.log;
import static java.lang.StrictMath.sqrt;

import java.util.List;

/**
 * Repeatable randomness: SplitMix64 (Steele, Lea, Flood 2014), written out so that a seed means the same song on every
 * Java runtime. Together with StrictMath for everything transcendental it makes generated samples identical everywhere.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        state = mix(seed + GOLDEN_GAMMA);
    }

    /** Dice that depend on this seed and the purpose, but on nothing that was thrown before. */
    static Dice of(long seed, String purpose) {
        long hash = seed;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ (purpose.charAt(i) + GOLDEN_GAMMA));
        }
        return new Dice(hash);
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    double uniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    double logUniform(double low, double high) {
        return exp(uniform(log(low), log(high)));
    }

    /** White noise of one sample, uniform in [-1, 1). */
    float noise() {
        return (nextLong() >> 40) * 0x1.0p-23f;
    }

    int below(int bound) {
        return (int) (uniform() * bound);
    }

    int between(int lowest, int highest) {
        return lowest + below(highest - lowest + 1);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    double normal() {
        return sqrt(-2 * log(1 - uniform())) * cos(2 * Math.PI * uniform());
    }

    int pick(int... choices) {
        return choices[below(choices.length)];
    }

    double pick(double... choices) {
        return choices[below(choices.length)];
    }

    <E> E pick(List<E> choices) {
        return choices.get(below(choices.size()));
    }

    <E extends Enum<E>> E pick(Class<E> choices) {
        return pick(List.of(choices.getEnumConstants()));
    }
}
