package io.stemline.evaluation;

import io.stemline.bsseval.BssEval;
import io.stemline.bsseval.BssEvalResult;
import io.stemline.bsseval.BssEvalSettings;
import io.stemline.bsseval.Mean;
import io.stemline.bsseval.Metric;
import io.stemline.bsseval.ScaleInvariant;
import io.stemline.bsseval.ScoreWarning;
import io.stemline.bsseval.Signal;
import io.stemline.bsseval.SignalToNoise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores the stems of a track against its references: BSS Eval version 4 (windows of one second, filters once a track), SI-SDR
 * without mean removal, SNR and the MDX challenges' SDR.
 *
 * <p>What is scored together follows from the references: all stems that have both a reference and an estimate, and, where vocals are
 * among them, vocals and accompaniment as a scenario of its own; the accompaniment is the sum of all other stems unless it is there
 * itself. A stem whose reference or estimate is silent throughout has no figures; it is left out with a warning.
 */
public final class TrackScorer {
    /** Name and version of this way of scoring; it changes whenever figures may. */
    public static final String PROTOCOL = "bsseval-v4/1";

    private static final String VOCALS = "vocals";
    private static final String ACCOMPANIMENT = "accompaniment";
    private static final int SILENCE_BLOCK_FRAMES = 1 << 14;

    private final Path scratch;
    private final int parallelism;

    /**
     * @param scratch an existing folder for decoded audio: 4 bytes a sample of all stems and references
     * @param parallelism how many threads to use
     */
    public TrackScorer(Path scratch, int parallelism) {
        this.scratch = scratch;
        this.parallelism = parallelism;
    }

    /**
     * @throws io.stemline.audio.AudioException if a file cannot be decoded
     * @throws EvaluationException if sample rates or channels do not match
     */
    public TrackScores score(List<StemFile> references, List<StemFile> estimates) {
        try (var decoded = new Decoded(scratch)) {
            Map<String, DecodedSignal> truth = decoded.all(references, "reference");
            Map<String, DecodedSignal> guess = decoded.all(estimates, "estimate");
            requireOneShape(truth, guess);
            return new Scoring(truth, guess).run();
        }
    }

    private static void requireOneShape(Map<String, DecodedSignal> truth, Map<String, DecodedSignal> guess) {
        var all = new ArrayList<>(truth.values());
        all.addAll(guess.values());
        if (all.isEmpty()) {
            return;
        }
        DecodedSignal first = all.getFirst();
        for (DecodedSignal other : all) {
            if (other.sampleRateHz() != first.sampleRateHz() || other.channels() != first.channels()) {
                throw new EvaluationException(
                        "%s has %d Hz and %d channels, %s has %d Hz and %d: they cannot be compared"
                                .formatted(
                                        other.name(),
                                        other.sampleRateHz(),
                                        other.channels(),
                                        first.name(),
                                        first.sampleRateHz(),
                                        first.channels()));
            }
        }
    }

    /** Decoded stems that are closed together. */
    private static final class Decoded implements AutoCloseable {
        private final Path scratch;
        private final List<DecodedSignal> signals = new ArrayList<>();

        Decoded(Path scratch) {
            this.scratch = scratch;
        }

        Map<String, DecodedSignal> all(List<StemFile> files, String role) {
            var byStem = new LinkedHashMap<String, DecodedSignal>();
            for (StemFile file : files) {
                DecodedSignal signal = DecodedSignal.decode(file, scratch);
                signals.add(signal);
                if (byStem.put(file.stem(), signal) != null) {
                    throw new EvaluationException("two files are the %s of %s".formatted(role, file.stem()));
                }
            }
            return byStem;
        }

        @Override
        public void close() {
            signals.forEach(DecodedSignal::close);
        }
    }

    /** One track's scoring. */
    private final class Scoring {
        private final Map<String, Signal> truth = new LinkedHashMap<>();
        private final Map<String, Signal> guess = new LinkedHashMap<>();
        private final int sampleRateHz;
        private final List<StemScore> scores = new ArrayList<>();
        private final List<StemFrames> frames = new ArrayList<>();
        private final Set<String> warnings = new LinkedHashSet<>();

        Scoring(Map<String, DecodedSignal> truth, Map<String, DecodedSignal> guess) {
            this.truth.putAll(truth);
            this.guess.putAll(guess);
            this.sampleRateHz = truth.values().stream()
                    .findFirst()
                    .map(DecodedSignal::sampleRateHz)
                    .orElse(1);
        }

        TrackScores run() {
            boolean ofAccompaniment = truth.keySet().equals(Set.of(VOCALS, ACCOMPANIMENT));
            if (ofAccompaniment) {
                guess.computeIfAbsent(ACCOMPANIMENT, stem -> sumOfOthers(guess));
            }
            List<String> scored = soundingStems(ofAccompaniment);
            scenario(scored, scored);
            if (!ofAccompaniment) {
                vocalsAndAccompaniment(scored);
            }
            if (scores.isEmpty() && warnings.isEmpty()) {
                warnings.add("no stem has both a reference and an estimate");
            }
            return new TrackScores(scores, frames, List.copyOf(warnings));
        }

        private List<String> soundingStems(boolean ofAccompaniment) {
            var sounding = new ArrayList<String>();
            for (String stem : truth.keySet()) {
                if (stem.equals(ACCOMPANIMENT) && !ofAccompaniment) {
                    continue;
                }
                if (!guess.containsKey(stem)) {
                    warnings.add("%s: there is a reference but no estimate, so it is not scored".formatted(stem));
                } else if (sounds(stem, truth, "reference") && sounds(stem, guess, "estimate")) {
                    sounding.add(stem);
                }
            }
            return sounding;
        }

        private boolean sounds(String stem, Map<String, Signal> signals, String role) {
            if (isSilent(signals.get(stem))) {
                warnings.add("%s: its %s is silent throughout, so it has no scores".formatted(stem, role));
                return false;
            }
            return true;
        }

        /** Scores {@code stems} together and keeps the figures of those in {@code kept}. */
        private void scenario(List<String> stems, List<String> kept) {
            if (stems.isEmpty()) {
                return;
            }
            List<Signal> references = stems.stream().map(truth::get).toList();
            List<Signal> estimates = stems.stream().map(guess::get).toList();
            BssEvalResult result = BssEval.v4(
                    references,
                    estimates,
                    BssEvalSettings.oneSecondWindows(sampleRateHz).withParallelism(parallelism));
            result.warnings().stream().map(ScoreWarning::message).forEach(warnings::add);
            for (int j = 0; j < stems.size(); j++) {
                if (kept.contains(stems.get(j))) {
                    addWindowed(stems.get(j), result, j);
                    addWhole(stems.get(j), references.get(j), estimates.get(j));
                }
            }
        }

        private void addWindowed(String stem, BssEvalResult result, int source) {
            for (Metric metric : Metric.values()) {
                scores.add(new StemScore(stem, metric.name(), result.median(metric)[source]));
                frames.add(new StemFrames(
                        stem,
                        metric.name(),
                        result.windows().getFirst().lengthSeconds(sampleRateHz),
                        1,
                        result.of(metric)[source].clone()));
            }
        }

        private void addWhole(String stem, Signal reference, Signal estimate) {
            scores.add(new StemScore(stem, "SI-SDR", ScaleInvariant.siSdr(reference, estimate, Mean.KEPT)));
            scores.add(new StemScore(stem, "SNR", SignalToNoise.snr(reference, estimate)));
            scores.add(new StemScore(stem, "MDX-SDR", SignalToNoise.mdxSdr(reference, estimate)));
        }

        private void vocalsAndAccompaniment(List<String> scored) {
            if (scored.size() < 2 || !scored.contains(VOCALS)) {
                return;
            }
            truth.computeIfAbsent(ACCOMPANIMENT, stem -> sumOfOthers(truth));
            guess.computeIfAbsent(ACCOMPANIMENT, stem -> sumOfOthers(guess));
            if (sounds(ACCOMPANIMENT, truth, "reference") && sounds(ACCOMPANIMENT, guess, "estimate")) {
                scenario(List.of(VOCALS, ACCOMPANIMENT), List.of(ACCOMPANIMENT));
            }
        }

        private Signal sumOfOthers(Map<String, Signal> signals) {
            return Signal.sumOf(signals.entrySet().stream()
                            .filter(entry -> !entry.getKey().equals(VOCALS))
                            .map(Map.Entry::getValue)
                            .toList())
                    .named(ACCOMPANIMENT);
        }
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
