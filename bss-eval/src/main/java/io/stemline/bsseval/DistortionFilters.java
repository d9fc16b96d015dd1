package io.stemline.bsseval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The distortion filters of a stretch of the signals.
 *
 * @param onAll filters of the projections on all references, [estimate channel][reference channel][tap]
 * @param onOwn filters of the projections on one reference, [pair][channel of the estimate][channel of the reference][tap]
 * @param pairs which reference and estimate a pair is made of
 * @param conditionEstimate of the worst system
 */
record DistortionFilters(double[][][] onAll, double[][][][] onOwn, List<Pair> pairs, double conditionEstimate) {

    /** Estimate {@code estimate} taken as belonging to reference {@code reference}. */
    record Pair(int reference, int estimate) {}

    static List<Pair> pairs(int sources, boolean permute) {
        var pairs = new ArrayList<Pair>();
        for (int j = 0; j < sources; j++) {
            for (int e = 0; e < sources; e++) {
                if (permute || e == j) {
                    pairs.add(new Pair(j, e));
                }
            }
        }
        return List.copyOf(pairs);
    }

    /** Solves the system of all references and that of each reference, side by side. */
    static DistortionFilters solve(
            Correlations correlations,
            int sources,
            List<Pair> pairs,
            double addend,
            boolean regularise,
            Workers workers) {
        int channels = correlations.channels() / sources;
        var onAll = new double[1][][][];
        var onOwn = new double[pairs.size()][][][];
        var conditions = new double[sources + 1];
        workers.forEach(sources == 1 ? 1 : sources + 1, task -> {
            boolean all = task == 0 && sources > 1;
            int from = all || sources == 1 ? 0 : (task - 1) * channels;
            int to = all || sources == 1 ? correlations.channels() : from + channels;
            var system = ProjectionSystem.of(correlations, from, to, addend, regularise);
            conditions[task] = system.conditionEstimate();
            if (all) {
                onAll[0] = system.filters(correlations.estimates());
            } else {
                solveOwn(system, correlations, from, channels, pairs, onOwn);
            }
        });
        return new DistortionFilters(
                sources == 1 ? onOwn[0] : onAll[0],
                onOwn,
                pairs,
                Arrays.stream(conditions).max().orElseThrow());
    }

    private static void solveOwn(
            ProjectionSystem system,
            Correlations correlations,
            int firstChannel,
            int channels,
            List<Pair> pairs,
            double[][][][] onOwn) {
        for (int k = 0; k < pairs.size(); k++) {
            if (pairs.get(k).reference() * channels == firstChannel) {
                var innerProducts = new double[channels][][];
                for (int c = 0; c < channels; c++) {
                    var ofEstimate = correlations.estimates()[pairs.get(k).estimate() * channels + c];
                    innerProducts[c] = Arrays.copyOfRange(ofEstimate, firstChannel, firstChannel + channels);
                }
                onOwn[k] = system.filters(innerProducts);
            }
        }
    }
}
