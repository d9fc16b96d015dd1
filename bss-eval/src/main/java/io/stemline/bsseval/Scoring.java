package io.stemline.bsseval;

import io.stemline.bsseval.Decomposition.WindowEnergies;
import io.stemline.bsseval.DistortionFilters.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One scoring: correlate, solve for the filters, split the estimates, choose the permutation, report. Correlating and
 * splitting are passes over the signals; nothing but sums is kept from them.
 */
final class Scoring {
    /** museval adds this to the diagonal of the system. */
    private static final double MUSEVAL_EPSILON = Math.ulp(1.0);

    /** Beyond this condition, rounding decides the filters in some bands. */
    private static final double TRUSTED_CONDITION = 1e12;

    private static final long FACTORS_BYTES = 256L << 20;

    private final Inputs inputs;
    private final Form form;
    private final BssEvalSettings settings;
    private final List<Pair> pairs;
    private final List<ScoreWarning> warnings = new ArrayList<>();

    Scoring(Inputs inputs, Form form, BssEvalSettings settings) {
        this.inputs = inputs;
        this.form = form;
        this.settings = settings;
        this.pairs = DistortionFilters.pairs(inputs.sources(), settings.permute());
        requireMemory();
        warnings.addAll(inputs.lengthWarnings());
    }

    private void requireMemory() {
        long most = Runtime.getRuntime().maxMemory();
        if (factorBytes() > most) {
            throw new ScoringException(String.format(
                    Locale.ROOT,
                    "%d sources of %d channels with filters of %d taps make a system whose factor takes %.1f GB, and this"
                            + " process may take %.1f GB; choose shorter filters or give it more memory.",
                    inputs.sources(),
                    inputs.channels(),
                    settings.filterLength(),
                    factorBytes() / 1e9,
                    most / 1e9));
        }
    }

    private double factorBytes() {
        double unknowns = (double) inputs.sources() * inputs.channels() * settings.filterLength();
        return unknowns * unknowns / 2 * Double.BYTES;
    }

    BssEvalResult withFiltersOfTheWholeSignal() {
        var windows = windows();
        try (var workers = new Workers(settings.parallelism())) {
            var progress = new PartedProgress(settings.progress());
            var correlations = Correlator.correlate(
                    inputs, 0, inputs.lengthFrames(), settings.filterLength(), workers, progress.part(0, 0.45));
            inputs.checkNotSilent(correlations.silent());
            var filters = DistortionFilters.solve(
                    correlations, inputs.sources(), pairs, MUSEVAL_EPSILON, settings.regularise(), workers);
            var energies = Decomposition.measure(inputs, windows, filters, workers, progress.part(0.5, 1));
            var scores = new Scores(windows.size());
            for (int w = 0; w < windows.size(); w++) {
                scores.put(w, energies.get(w));
            }
            int[] permutation = settings.permute() ? Assignment.ofGreatestSum(scores.meanSir()) : identity();
            for (int w = 0; w < windows.size(); w++) {
                scores.choose(w, permutation);
            }
            return result(windows, scores, filters.conditionEstimate());
        }
    }

    BssEvalResult withFiltersOfEachWindow() {
        inputs.checkSamples();
        var windows = windowsOrWholeSignal();
        var scores = new Scores(windows.size());
        var conditions = new double[windows.size()];
        var told = new Object();
        var done = new AtomicInteger();
        int together = windowsTogether(windows.size());
        try (var outer = new Workers(together)) {
            outer.forEach(windows.size(), w -> {
                try (var inner = new Workers(Math.max(1, settings.parallelism() / together))) {
                    conditions[w] = scoreWindow(windows.get(w), w, scores, inner);
                }
                synchronized (told) {
                    settings.progress().at((double) done.incrementAndGet() / windows.size());
                }
            });
        }
        return result(windows, scores, Arrays.stream(conditions).max().orElseThrow());
    }

    /** As many windows at a time as there are threads, if the factors of their systems stay within bounds. */
    private int windowsTogether(int windows) {
        long fitting = (long) Math.max(1, FACTORS_BYTES / factorBytes());
        return (int) Math.min(Math.min(windows, settings.parallelism()), fitting);
    }

    /** Scores one window with filters of its own; returns the condition of its system. */
    private double scoreWindow(Window window, int w, Scores scores, Workers workers) {
        var correlations = Correlator.correlate(
                inputs,
                window.startFrame(),
                window.startFrame() + window.lengthFrames(),
                settings.filterLength(),
                workers,
                Progress.NONE);
        if (correlations.anySilent()) {
            scores.leaveOut(w);
            return 1;
        }
        var filters = DistortionFilters.solve(correlations, inputs.sources(), pairs, 0, settings.regularise(), workers);
        var energies = Decomposition.measure(inputs, List.of(window), filters, workers, Progress.NONE);
        scores.put(w, energies.getFirst());
        scores.choose(w, settings.permute() ? Assignment.ofGreatestSum(scores.sir(w)) : identity());
        return filters.conditionEstimate();
    }

    private List<Window> windows() {
        long length = inputs.lengthFrames();
        long window = settings.windowFrames();
        if (window == BssEvalSettings.WHOLE_SIGNAL) {
            return List.of(new Window(0, length));
        }
        if (window > length) {
            throw new ScoringException(
                    "The window of %d frames is longer than the references, which have %d; choose a shorter window or the whole signal."
                            .formatted(window, length));
        }
        return fittingWindows();
    }

    private List<Window> windowsOrWholeSignal() {
        var windows = fittingWindows();
        if (windows.size() >= 2) {
            return windows;
        }
        if (settings.windowFrames() != BssEvalSettings.WHOLE_SIGNAL
                && settings.windowFrames() != inputs.lengthFrames()) {
            warnings.add(new ScoreWarning(
                    ScoreWarning.Kind.WHOLE_SIGNAL,
                    Set.of(),
                    "Fewer than two windows of %d frames fit into %d frames, so the whole signal was scored as one."
                            .formatted(settings.windowFrames(), inputs.lengthFrames())));
        }
        return List.of(new Window(0, inputs.lengthFrames()));
    }

    private List<Window> fittingWindows() {
        var windows = new ArrayList<Window>();
        long last = inputs.lengthFrames() - settings.windowFrames();
        for (long start = 0; start <= last && start >= 0; start += settings.hopFrames()) {
            windows.add(new Window(start, settings.windowFrames()));
        }
        return List.copyOf(windows);
    }

    private int[] identity() {
        var identity = new int[inputs.sources()];
        Arrays.setAll(identity, j -> j);
        return identity;
    }

    private BssEvalResult result(List<Window> windows, Scores scores, double conditionEstimate) {
        if (conditionEstimate > TRUSTED_CONDITION) {
            warnings.add(singular(conditionEstimate));
        }
        return new BssEvalResult(
                windows,
                scores.chosen[Metric.SDR.ordinal()],
                scores.chosen[Metric.ISR.ordinal()],
                scores.chosen[Metric.SIR.ordinal()],
                scores.chosen[Metric.SAR.ordinal()],
                scores.permutation,
                conditionEstimate,
                warnings);
    }

    private ScoreWarning singular(double conditionEstimate) {
        // The images form measures SDR without any filter; nothing else does.
        var distrusted = form == Form.IMAGES
                ? EnumSet.of(Metric.ISR, Metric.SIR, Metric.SAR)
                : EnumSet.of(Metric.SDR, Metric.SIR, Metric.SAR);
        return new ScoreWarning(
                ScoreWarning.Kind.SINGULAR_SYSTEM,
                distrusted,
                String.format(
                        Locale.ROOT,
                        "The references are singular (condition about %.0e): bands without sound or duplicated channels make %s depend on rounding; regularise to get stable figures.",
                        conditionEstimate,
                        distrusted));
    }

    /** Figures of all pairs in all windows, and of the chosen pairs. */
    private final class Scores {
        private final int sources = inputs.sources();
        private final double[][][][] ofPair; // [metric][reference][estimate][window]
        private final double[][][] chosen; // [metric][source][window]
        private final int[][] permutation; // [source][window]

        Scores(int windows) {
            ofPair = new double[Metric.values().length][sources][sources][windows];
            chosen = new double[Metric.values().length][sources][windows];
            permutation = new int[sources][windows];
        }

        void put(int window, WindowEnergies energies) {
            for (var metric : Metric.values()) {
                for (int k = 0; k < pairs.size(); k++) {
                    var pair = pairs.get(k);
                    ofPair[metric.ordinal()][pair.reference()][pair.estimate()][window] =
                            energies.silent() ? Double.NaN : energies.ofPairs()[k].ratio(metric, form);
                }
            }
        }

        void leaveOut(int window) {
            for (int j = 0; j < sources; j++) {
                for (var metric : chosen) {
                    metric[j][window] = Double.NaN;
                }
                permutation[j][window] = -1;
            }
        }

        /** SIR of a window, [reference][estimate]. */
        double[][] sir(int window) {
            var sir = new double[sources][sources];
            for (int j = 0; j < sources; j++) {
                for (int e = 0; e < sources; e++) {
                    sir[j][e] = ofPair[Metric.SIR.ordinal()][j][e][window];
                }
            }
            return sir;
        }

        /** SIR averaged over the windows that have figures, [reference][estimate]. */
        double[][] meanSir() {
            var mean = new double[sources][sources];
            for (int j = 0; j < sources; j++) {
                for (int e = 0; e < sources; e++) {
                    mean[j][e] = Arrays.stream(ofPair[Metric.SIR.ordinal()][j][e])
                            .filter(sir -> !Double.isNaN(sir))
                            .average()
                            .orElse(Double.NaN);
                }
            }
            return mean;
        }

        void choose(int window, int[] estimateOf) {
            for (int j = 0; j < sources; j++) {
                for (int metric = 0; metric < chosen.length; metric++) {
                    chosen[metric][j][window] = ofPair[metric][j][estimateOf[j]][window];
                }
                permutation[j][window] = estimateOf[j];
            }
        }
    }
}
