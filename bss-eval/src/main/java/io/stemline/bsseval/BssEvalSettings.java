package io.stemline.bsseval;

import java.util.Objects;

/**
 * How to score.
 *
 * @param windowFrames length of a window, or {@link #WHOLE_SIGNAL}
 * @param hopFrames distance between the starts of windows
 * @param filterLength number of taps of the distortion filters; 512 in all published figures
 * @param permute whether to look for the estimate that belongs to each reference, by the best mean SIR; otherwise they
 *     belong together in the order given
 * @param regularise whether to solve for the filters with a small penalty on their energy, which gives figures that do not
 *     depend on rounding where the references have empty bands or duplicated channels; off in all published figures
 * @param parallelism number of threads
 * @param progress told how far the scoring has come
 */
public record BssEvalSettings(
        long windowFrames,
        long hopFrames,
        int filterLength,
        boolean permute,
        boolean regularise,
        int parallelism,
        Progress progress) {

    /** A window over the whole signal, whatever its length. */
    public static final long WHOLE_SIGNAL = Long.MAX_VALUE;

    private static final int DEFAULT_FILTER_LENGTH = 512;

    public BssEvalSettings {
        requirePositive("window", windowFrames);
        requirePositive("hop", hopFrames);
        requirePositive("filter length", filterLength);
        requirePositive("parallelism", parallelism);
        Objects.requireNonNull(progress, "progress");
    }

    /** Windows of one second without overlap, as version 4 takes them. */
    public static BssEvalSettings oneSecondWindows(int sampleRateHz) {
        return wholeSignal().withWindow(sampleRateHz, sampleRateHz);
    }

    /** One set of figures for the whole signal. */
    public static BssEvalSettings wholeSignal() {
        return new BssEvalSettings(
                WHOLE_SIGNAL,
                WHOLE_SIGNAL,
                DEFAULT_FILTER_LENGTH,
                false,
                false,
                Runtime.getRuntime().availableProcessors(),
                Progress.NONE);
    }

    public BssEvalSettings withWindow(long windowFrames, long hopFrames) {
        return new BssEvalSettings(windowFrames, hopFrames, filterLength, permute, regularise, parallelism, progress);
    }

    public BssEvalSettings withFilterLength(int filterLength) {
        return new BssEvalSettings(windowFrames, hopFrames, filterLength, permute, regularise, parallelism, progress);
    }

    public BssEvalSettings withPermute(boolean permute) {
        return new BssEvalSettings(windowFrames, hopFrames, filterLength, permute, regularise, parallelism, progress);
    }

    public BssEvalSettings withRegularise(boolean regularise) {
        return new BssEvalSettings(windowFrames, hopFrames, filterLength, permute, regularise, parallelism, progress);
    }

    public BssEvalSettings withParallelism(int parallelism) {
        return new BssEvalSettings(windowFrames, hopFrames, filterLength, permute, regularise, parallelism, progress);
    }

    public BssEvalSettings withProgress(Progress progress) {
        return new BssEvalSettings(windowFrames, hopFrames, filterLength, permute, regularise, parallelism, progress);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new ScoringException("The %s must be at least 1, but is %d.".formatted(name, value));
        }
    }
}
