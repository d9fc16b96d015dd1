package io.stemline.evaluation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How tracks are scored.
 *
 * @param mode version and form of BSS Eval
 * @param window length of a window; version 4 takes a longer one than the track for the whole track
 * @param hop from the start of one window to the start of the next
 * @param filterLength taps of the distortion filters; 512 in all published figures
 * @param regularise whether the filters are solved for with a small penalty on their energy; off in all published figures
 * @param targets stems whose figures are wanted; empty for all. The figures do not depend on it: stems are scored together
 *     with all others, wanted or not
 * @param accompaniment when vocals are scored against the accompaniment
 * @param referencesRounded whether references and mixture are rounded to 16 bit first, as museval's reader of MUSDB does;
 *     estimates never are
 * @param parallelism number of threads
 */
public record ScoringSettings(
        Mode mode,
        Duration window,
        Duration hop,
        int filterLength,
        boolean regularise,
        List<String> targets,
        Accompaniment accompaniment,
        boolean referencesRounded,
        int parallelism) {

    /** Version and form of BSS Eval. */
    public enum Mode {
        /** Version 4: filters once a track. */
        V4,
        /** Version 3, sources form: filters in every window, and a filtered reference is as good as itself. */
        V3_SOURCES,
        /** Version 3, images form: filters in every window. */
        V3_IMAGES
    }

    /** When vocals are scored against the accompaniment, as a scenario of its own. */
    public enum Accompaniment {
        /** Whenever there are vocals and something else: estimates that are missing are added up from the other stems. */
        ALWAYS,
        /** Where the accompaniment is among the estimates, the targets, or the references in place of single stems. */
        WHERE_ASKED_FOR
    }

    private static final int DEFAULT_FILTER_LENGTH = 512;

    public ScoringSettings {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(accompaniment, "accompaniment");
        targets = List.copyOf(targets);
        requirePositive("window", window.toNanos());
        requirePositive("hop", hop.toNanos());
        requirePositive("filter length", filterLength);
        requirePositive("parallelism", parallelism);
    }

    /** Version 4 as published: windows of one second, 512 taps, all stems and the accompaniment, samples as they are. */
    public static ScoringSettings defaults() {
        return new ScoringSettings(
                Mode.V4,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                DEFAULT_FILTER_LENGTH,
                false,
                List.of(),
                Accompaniment.ALWAYS,
                false,
                Runtime.getRuntime().availableProcessors());
    }

    public ScoringSettings withMode(Mode mode) {
        return new ScoringSettings(
                mode, window, hop, filterLength, regularise, targets, accompaniment, referencesRounded, parallelism);
    }

    public ScoringSettings withWindow(Duration window, Duration hop) {
        return new ScoringSettings(
                mode, window, hop, filterLength, regularise, targets, accompaniment, referencesRounded, parallelism);
    }

    public ScoringSettings withFilterLength(int filterLength) {
        return new ScoringSettings(
                mode, window, hop, filterLength, regularise, targets, accompaniment, referencesRounded, parallelism);
    }

    public ScoringSettings withRegularise(boolean regularise) {
        return new ScoringSettings(
                mode, window, hop, filterLength, regularise, targets, accompaniment, referencesRounded, parallelism);
    }

    public ScoringSettings withTargets(List<String> targets) {
        return new ScoringSettings(
                mode, window, hop, filterLength, regularise, targets, accompaniment, referencesRounded, parallelism);
    }

    public ScoringSettings withAccompaniment(Accompaniment accompaniment) {
        return new ScoringSettings(
                mode, window, hop, filterLength, regularise, targets, accompaniment, referencesRounded, parallelism);
    }

    public ScoringSettings withReferencesRounded(boolean referencesRounded) {
        return new ScoringSettings(
                mode, window, hop, filterLength, regularise, targets, accompaniment, referencesRounded, parallelism);
    }

    public ScoringSettings withParallelism(int parallelism) {
        return new ScoringSettings(
                mode, window, hop, filterLength, regularise, targets, accompaniment, referencesRounded, parallelism);
    }

    /** Whether the figures of a stem are wanted. */
    boolean wants(String stem) {
        return targets.isEmpty() || targets.contains(stem);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new EvaluationException("the %s must be greater than 0".formatted(name));
        }
    }
}
