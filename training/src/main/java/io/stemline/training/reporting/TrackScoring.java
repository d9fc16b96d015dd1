package io.stemline.training.reporting;

import io.stemline.bsseval.BssEval;
import io.stemline.bsseval.BssEvalResult;
import io.stemline.bsseval.BssEvalSettings;
import io.stemline.bsseval.Mean;
import io.stemline.bsseval.Metric;
import io.stemline.bsseval.ScaleInvariant;
import io.stemline.bsseval.Signal;
import io.stemline.bsseval.SignalToNoise;
import io.stemline.training.reporting.SeparatedTrack.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores a separated track as the field does. All its targets are scored together, those left out that are silent, or whose
 * estimate is: BSS Eval has no figures for them.
 */
public final class TrackScoring {

    private final int parallelism;

    /**
     * @param parallelism how many threads score
     */
    public TrackScoring(int parallelism) {
        this.parallelism = parallelism;
    }

    /**
     * The scores of every target, in the order of the track.
     *
     * @throws io.stemline.bsseval.ScoringException if a sample is not a finite number
     */
    public List<TargetScores> score(SeparatedTrack track) {
        List<Target> sounding = track.targets().stream()
                .filter(target -> sounds(target.reference()) && sounds(target.estimate()))
                .toList();
        Optional<BssEvalResult> bssEval = sounding.isEmpty() ? Optional.empty() : Optional.of(bssEval(track, sounding));
        var scores = new ArrayList<TargetScores>();
        for (Target target : track.targets()) {
            scores.add(scores(track, target, bssEval, sounding.indexOf(target), sounding.size()));
        }
        return List.copyOf(scores);
    }

    private BssEvalResult bssEval(SeparatedTrack track, List<Target> targets) {
        List<Signal> references = targets.stream().map(TrackScoring::reference).toList();
        List<Signal> estimates = targets.stream().map(TrackScoring::estimate).toList();
        int rate = track.format().sampleRateHz();
        var settings =
                track.lengthFrames() < rate ? BssEvalSettings.wholeSignal() : BssEvalSettings.oneSecondWindows(rate);
        return BssEval.v4(references, estimates, settings.withParallelism(parallelism));
    }

    private static TargetScores scores(
            SeparatedTrack track, Target target, Optional<BssEvalResult> bssEval, int index, int together) {
        Signal reference = reference(target);
        Signal estimate = estimate(target);
        Signal mixture = Signal.of(track.mixture()).named("mixture");
        boolean energetic = hasEnergy(target.reference());
        double siSdr = energetic && hasEnergy(target.estimate()) ? siSdr(reference, estimate) : Double.NaN;
        double before = energetic && hasEnergy(track.mixture()) ? siSdr(reference, mixture) : Double.NaN;
        return new TargetScores(
                target.name(),
                median(bssEval, Metric.SDR, index),
                median(bssEval, Metric.ISR, index),
                // Without other targets the interference is nothing but rounding.
                together > 1 ? median(bssEval, Metric.SIR, index) : Double.NaN,
                median(bssEval, Metric.SAR, index),
                siSdr,
                siSdr - before,
                energetic ? SignalToNoise.snr(reference, estimate) : Double.NaN,
                SignalToNoise.mdxSdr(reference, estimate));
    }

    private static double median(Optional<BssEvalResult> bssEval, Metric metric, int index) {
        return index < 0 ? Double.NaN : bssEval.orElseThrow().median(metric)[index];
    }

    private static double siSdr(Signal reference, Signal estimate) {
        return ScaleInvariant.siSdr(reference, estimate, Mean.KEPT);
    }

    private static Signal reference(Target target) {
        return Signal.of(target.reference()).named(target.name());
    }

    private static Signal estimate(Target target) {
        return Signal.of(target.estimate()).named(target.name());
    }

    /** BSS Eval calls a signal silent whose channels add up to nothing throughout. */
    private static boolean sounds(float[][] signal) {
        for (int n = 0; n < signal[0].length; n++) {
            double sum = 0;
            for (float[] channel : signal) {
                sum += channel[n];
            }
            if (sum != 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasEnergy(float[][] signal) {
        for (float[] channel : signal) {
            for (float sample : channel) {
                if (sample != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
