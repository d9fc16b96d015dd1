package io.stemline.cli.study;

import io.stemline.audio.spectrum.StftSettings;
import io.stemline.bsseval.Mean;
import io.stemline.bsseval.ScaleInvariant;
import io.stemline.bsseval.Signal;
import io.stemline.separation.oracle.OracleKind;
import io.stemline.separation.oracle.OracleTransform;
import io.stemline.statistics.Quantiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well an ideal mask separates, by the window and the hop of the transform that it works in. A figure is the SI-SDR of an
 * estimate; of several tracks, the median. A stem that is silent in a track has no figure there.
 */
public final class StftStudy {
    private final OracleKind mask;
    private final List<Integer> windows;
    private final List<Integer> hops;
    private final Map<Setting, Map<String, List<Double>>> figures = new LinkedHashMap<>();

    /** One transform, in samples. */
    public record Setting(int window, int hop) {}

    /** True stems of a track, {@code [channel][sample]} each. */
    public record Sources(String title, int sampleRateHz, Map<String, float[][]> stems) {}

    /**
     * A study.
     *
     * @param windows lengths of windows, in samples
     * @param hops from window to window, in samples; where a hop is longer than a window, there is no figure
     */
    public StftStudy(OracleKind mask, List<Integer> windows, List<Integer> hops) {
        this.mask = mask;
        this.windows = List.copyOf(windows);
        this.hops = List.copyOf(hops);
        windows.forEach(window -> hops.stream()
                .filter(hop -> hop <= window)
                .forEach(hop -> figures.put(new Setting(window, hop), new LinkedHashMap<>())));
    }

    public OracleKind mask() {
        return mask;
    }

    public List<Integer> windows() {
        return windows;
    }

    public List<Integer> hops() {
        return hops;
    }

    /** Separates a track in every transform. */
    public void add(Sources track) {
        List<String> names = List.copyOf(track.stems.keySet());
        float[][][] sources = names.stream().map(track.stems::get).toArray(float[][][]::new);
        figures.keySet().parallelStream().forEach(setting -> {
            var transform = new OracleTransform(StftSettings.of(setting.window, setting.hop), mask);
            float[][][] estimates = transform.separate(sources);
            for (int i = 0; i < names.size(); i++) {
                double siSdr = ScaleInvariant.siSdr(Signal.of(sources[i]), Signal.of(estimates[i]), Mean.KEPT);
                add(setting, names.get(i), siSdr);
            }
        });
    }

    private synchronized void add(Setting setting, String stem, double figure) {
        figures.get(setting).computeIfAbsent(stem, name -> new ArrayList<>()).add(figure);
    }

    /** Names of all stems, in the order in which they came. */
    public List<String> stems() {
        return figures.values().stream()
                .flatMap(byStem -> byStem.keySet().stream())
                .distinct()
                .toList();
    }

    /** The median SI-SDR of a stem in dB; NaN where there is none. */
    public double median(int window, int hop, String stem) {
        List<Double> found =
                figures.getOrDefault(new Setting(window, hop), Map.of()).getOrDefault(stem, List.of());
        return Quantiles.median(found.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray());
    }
}
