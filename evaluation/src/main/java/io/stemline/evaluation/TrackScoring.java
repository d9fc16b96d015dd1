package io.stemline.evaluation;

import static io.stemline.evaluation.TrackScorer.ACCOMPANIMENT;
import static io.stemline.evaluation.TrackScorer.VOCALS;

import io.stemline.bsseval.BssEval;
import io.stemline.bsseval.BssEvalResult;
import io.stemline.bsseval.BssEvalSettings;
import io.stemline.bsseval.Mean;
import io.stemline.bsseval.Metric;
import io.stemline.bsseval.Progress;
import io.stemline.bsseval.ScaleInvariant;
import io.stemline.bsseval.ScoreWarning;
import io.stemline.bsseval.Signal;
import io.stemline.bsseval.SignalToNoise;
import io.stemline.evaluation.ScoringSettings.Accompaniment;
import io.stemline.evaluation.TrackWarning.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One track's scoring: which stems, in which scenarios, and their figures. */
final class TrackScoring {
    static final int MOST_SOURCES = 100;

    private static final int SILENCE_BLOCK_FRAMES = 1 << 14;
    private static final double NANOS_PER_SECOND = 1e9;

    private final DecodedTrack track;
    private final ScoringSettings settings;
    private final Progress progress;
    private final Map<String, Signal> truth;
    private final Map<String, Signal> guess;
    private final Set<String> inAccompaniment = new LinkedHashSet<>();
    private final List<StemScore> scores = new ArrayList<>();
    private final List<StemFrames> frames = new ArrayList<>();
    private final Set<TrackWarning> warnings = new LinkedHashSet<>();

    /**
     * Stems that are scored together.
     *
     * @param stems all of them
     * @param kept those whose figures count
     */
    private record Scenario(List<String> stems, List<String> kept) {}

    TrackScoring(DecodedTrack track, ScoringSettings settings, Progress progress) {
        this.track = track;
        this.settings = settings;
        this.progress = progress;
        this.truth = new LinkedHashMap<>(track.references());
        this.guess = new LinkedHashMap<>(track.estimates());
    }

    TrackScores run() {
        warnings.addAll(track.warnings());
        boolean summed = addUpAccompaniment();
        List<String> sounding = soundingStems();
        List<Scenario> scenarios = scenarios(sounding, summed);
        warnAboutTargets();
        double all =
                scenarios.stream().mapToInt(scenario -> scenario.stems().size()).sum();
        double done = 0;
        for (Scenario scenario : scenarios) {
            double start = done / all;
            double share = scenario.stems().size() / all;
            score(scenario, fraction -> progress.at(start + share * fraction));
            done += scenario.stems().size();
        }
        if (scores.isEmpty() && warnings.isEmpty()) {
            warn(Kind.STEM_WITHOUT_COUNTERPART, "no stem has both a reference and an estimate");
        }
        return new TrackScores(scores, frames, List.copyOf(warnings));
    }

    /** Makes the accompaniment from other stems where it is wanted and does not exist; tells whether the estimate is made so. */
    private boolean addUpAccompaniment() {
        boolean asked = settings.targets().contains(ACCOMPANIMENT);
        boolean wanted = settings.accompaniment() == Accompaniment.ALWAYS
                || asked
                || guess.containsKey(ACCOMPANIMENT)
                || truth.keySet().equals(Set.of(VOCALS, ACCOMPANIMENT));
        if (!wanted) {
            return false;
        }
        List<String> ofReferences = othersThanVocals(truth);
        List<String> ofEstimates = othersThanVocals(guess);
        boolean truthSummed = !truth.containsKey(ACCOMPANIMENT);
        boolean guessSummed = !guess.containsKey(ACCOMPANIMENT);
        if (guessSummed && !(truth.containsKey(VOCALS) && guess.containsKey(VOCALS))) {
            if (asked) {
                warn(Kind.ACCOMPANIMENT, "accompaniment: it is scored together with vocals, and there are none");
            }
            return false;
        }
        if (truthSummed && guessSummed) {
            ofEstimates.retainAll(ofReferences);
        }
        if (guessSummed && ofEstimates.isEmpty() || truthSummed && ofReferences.isEmpty()) {
            return false;
        }
        if (truthSummed) {
            inAccompaniment.addAll(ofReferences);
            truth.put(ACCOMPANIMENT, sum(truth, ofReferences));
        }
        if (guessSummed) {
            inAccompaniment.addAll(ofEstimates);
            guess.put(ACCOMPANIMENT, sum(guess, ofEstimates));
            warnAboutPartsOf(ofEstimates, truthSummed ? ofReferences : List.of());
        }
        return guessSummed;
    }

    private void warnAboutPartsOf(List<String> ofEstimates, List<String> ofReferences) {
        var missing = new ArrayList<>(ofReferences);
        missing.removeAll(ofEstimates);
        if (!missing.isEmpty()) {
            warn(
                    Kind.ACCOMPANIMENT,
                    "accompaniment: the estimate is without %s, of which there is none"
                            .formatted(String.join(", ", missing)));
        }
    }

    private static List<String> othersThanVocals(Map<String, Signal> signals) {
        var others = new ArrayList<>(signals.keySet());
        others.remove(VOCALS);
        others.remove(ACCOMPANIMENT);
        return others;
    }

    private static Signal sum(Map<String, Signal> signals, List<String> stems) {
        return Signal.sumOf(stems.stream().map(signals::get).toList()).named(ACCOMPANIMENT);
    }

    private List<String> soundingStems() {
        var sounding = new ArrayList<String>();
        for (String stem : truth.keySet()) {
            if (!guess.containsKey(stem)) {
                warnAboutLack(stem, "there is a reference but no estimate");
            } else if (sounds(stem, truth, "reference") && sounds(stem, guess, "estimate")) {
                sounding.add(stem);
            }
        }
        guess.keySet().stream()
                .filter(stem -> !truth.containsKey(stem))
                .forEach(stem -> warnAboutLack(stem, "there is an estimate but no reference"));
        return sounding;
    }

    private void warnAboutLack(String stem, String what) {
        boolean ofUse = inAccompaniment.contains(stem);
        if (!ofUse && settings.wants(stem)) {
            warn(Kind.STEM_WITHOUT_COUNTERPART, "%s: %s, so it is not scored".formatted(stem, what));
        }
    }

    private boolean sounds(String stem, Map<String, Signal> signals, String role) {
        if (isSilent(signals.get(stem))) {
            warn(Kind.SILENT_STEM, "%s: its %s is silent throughout, so it has no scores".formatted(stem, role));
            return false;
        }
        return true;
    }

    private List<Scenario> scenarios(List<String> sounding, boolean accompanimentSummed) {
        boolean sung = sounding.contains(VOCALS) && sounding.contains(ACCOMPANIMENT);
        var together = new ArrayList<>(sounding);
        if (sung || accompanimentSummed) {
            together.remove(ACCOMPANIMENT);
        }
        var kept = new ArrayList<>(together);
        if (sung) {
            kept.remove(VOCALS);
        }
        var scenarios = new ArrayList<Scenario>();
        add(scenarios, together, kept);
        if (sung) {
            add(scenarios, List.of(VOCALS, ACCOMPANIMENT), List.of(VOCALS, ACCOMPANIMENT));
        }
        return scenarios;
    }

    private void add(List<Scenario> scenarios, List<String> stems, List<String> kept) {
        List<String> wanted = kept.stream().filter(settings::wants).toList();
        if (!wanted.isEmpty()) {
            scenarios.add(new Scenario(List.copyOf(stems), wanted));
        }
    }

    private void warnAboutTargets() {
        for (String target : settings.targets()) {
            if (!truth.containsKey(target) && !guess.containsKey(target)) {
                warn(Kind.NO_SUCH_STEM, "%s: there is neither a reference nor an estimate".formatted(target));
            }
        }
    }

    private void score(Scenario scenario, Progress progress) {
        List<String> stems = scenario.stems();
        List<Signal> references = stems.stream().map(truth::get).toList();
        List<Signal> estimates = stems.stream().map(guess::get).toList();
        BssEvalSettings bssEval = bssEval(references.getFirst(), progress);
        BssEvalResult result = switch (settings.mode()) {
            case V4 -> BssEval.v4(references, estimates, bssEval);
            case V3_SOURCES -> BssEval.v3Sources(references, estimates, bssEval);
            case V3_IMAGES -> BssEval.v3Images(references, estimates, bssEval);
        };
        result.warnings().forEach(warning -> warn(kind(warning), warning.message()));
        if (stems.size() == 1) {
            warn(
                    Kind.LONE_STEM,
                    "%s: it is scored alone, which museval does not do, and has no SIR".formatted(stems.getFirst()));
        }
        for (int j = 0; j < stems.size(); j++) {
            if (scenario.kept().contains(stems.get(j))) {
                addWindowed(stems.get(j), result, j, stems.size() == 1);
                addWhole(stems.get(j), references.get(j), estimates.get(j));
            }
        }
    }

    private BssEvalSettings bssEval(Signal reference, Progress progress) {
        long windowFrames = frames("window", settings.window());
        long hopFrames = frames("hop", settings.hop());
        var bssEval = BssEvalSettings.wholeSignal()
                .withFilterLength(settings.filterLength())
                .withRegularise(settings.regularise())
                .withParallelism(settings.parallelism())
                .withProgress(progress);
        if (settings.mode() == ScoringSettings.Mode.V4 && windowFrames >= reference.lengthFrames()) {
            if (windowFrames > reference.lengthFrames()) {
                warn(
                        Kind.WHOLE_TRACK,
                        "%s: the window of %d frames is longer than its %d, so it was scored as a whole"
                                .formatted(reference.name(), windowFrames, reference.lengthFrames()));
            }
            return bssEval;
        }
        return bssEval.withWindow(windowFrames, hopFrames);
    }

    /** As museval counts them: whole frames, rounded down. */
    private long frames(String name, Duration time) {
        long frames = (long) Math.floor(time.toNanos() / NANOS_PER_SECOND * track.sampleRateHz());
        if (frames < 1) {
            throw new EvaluationException(
                    "the %s is shorter than a sample of %d Hz".formatted(name, track.sampleRateHz()));
        }
        return frames;
    }

    private static Kind kind(ScoreWarning warning) {
        return switch (warning.kind()) {
            case SINGULAR_SYSTEM -> Kind.SINGULAR_SYSTEM;
            case LENGTH_CHANGED -> Kind.LENGTH_CHANGED;
            case WHOLE_SIGNAL -> Kind.WHOLE_TRACK;
        };
    }

    private void addWindowed(String stem, BssEvalResult result, int source, boolean alone) {
        for (Metric metric : Metric.values()) {
            double[] values = result.of(metric)[source].clone();
            double median = result.median(metric)[source];
            if (alone && metric == Metric.SIR) {
                // Without other sources the interference is nothing but rounding.
                Arrays.fill(values, Double.NaN);
                median = Double.NaN;
            }
            scores.add(new StemScore(stem, metric.name(), median));
            frames.add(new StemFrames(
                    stem,
                    metric.name(),
                    result.windows().getFirst().lengthSeconds(track.sampleRateHz()),
                    settings.hop().toNanos() / NANOS_PER_SECOND,
                    values));
        }
    }

    private void addWhole(String stem, Signal reference, Signal estimate) {
        double siSdr = ScaleInvariant.siSdr(reference, estimate, Mean.KEPT);
        double snr = SignalToNoise.snr(reference, estimate);
        double mdxSdr = SignalToNoise.mdxSdr(reference, estimate);
        scores.add(new StemScore(stem, "SI-SDR", siSdr));
        scores.add(new StemScore(stem, "SNR", snr));
        scores.add(new StemScore(stem, "MDX-SDR", mdxSdr));
        track.mixture().filter(mixture -> !isSilent(mixture)).ifPresent(mixture -> {
            scores.add(new StemScore(stem, "SI-SDRi", siSdr - ScaleInvariant.siSdr(reference, mixture, Mean.KEPT)));
            scores.add(new StemScore(stem, "SNRi", snr - SignalToNoise.snr(reference, mixture)));
            scores.add(new StemScore(stem, "MDX-SDRi", mdxSdr - SignalToNoise.mdxSdr(reference, mixture)));
        });
    }

    private void warn(Kind kind, String message) {
        warnings.add(new TrackWarning(kind, message));
    }

    /** BSS Eval calls a source silent whose channels add up to nothing throughout. */
    private static boolean isSilent(Signal signal) {
        var block = new double[signal.channels()][SILENCE_BLOCK_FRAMES];
        for (long start = 0; start < signal.lengthFrames(); start += SILENCE_BLOCK_FRAMES) {
            int frames = (int) Math.min(SILENCE_BLOCK_FRAMES, signal.lengthFrames() - start);
            signal.read(start, block, frames);
            for (int i = 0; i < frames; i++) {
                double sum = 0;
                for (double[] channel : block) {
                    sum += channel[i];
                }
                if (sum != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
