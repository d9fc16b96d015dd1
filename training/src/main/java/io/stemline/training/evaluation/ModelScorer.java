package io.stemline.training.evaluation;

import io.stemline.audio.AudioFormat;
import io.stemline.bsseval.Mean;
import io.stemline.bsseval.ScaleInvariant;
import io.stemline.bsseval.Signal;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Score;
import io.stemline.training.datasets.LabelledTrack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores a model package on tracks with known stems, through the separator that users run. The figure is the SI-SDR of each
 * stem (all channels as one signal, means removed) over that of the mixture; per stem the mean over the tracks that have it.
 */
public final class ModelScorer implements AutoCloseable {
    /** The figure's name on model cards. */
    public static final String METRIC = "SI-SDR improvement";

    private static final double SILENT_ENERGY = 1e-3;

    private final SeparationEngine engine;
    private final ModelPackage model;

    public ModelScorer(ModelPackage model, int threads) {
        this.model = model;
        engine = SeparationEngine.open(SeparationSettings.defaults().withThreads(threads));
        engine.load(model);
    }

    /**
     * Scores on tracks.
     *
     * @param dataset how the card calls them
     * @param format of what is read of the tracks
     */
    public List<Score> score(String dataset, List<LabelledTrack> tracks, AudioFormat format) {
        Map<String, List<Double>> byStem = new LinkedHashMap<>();
        for (LabelledTrack track : tracks) {
            improvements(track, format)
                    .forEach((stem, value) -> byStem.computeIfAbsent(stem, key -> new ArrayList<>())
                            .add(value));
        }
        List<Score> scores = new ArrayList<>();
        byStem.forEach((stem, values) -> {
            double mean = values.stream().mapToDouble(value -> value).average().orElseThrow();
            scores.add(new Score(dataset, METRIC, stem, Math.round(mean * 100) / 100.0));
        });
        return scores;
    }

    /** The improvement of every stem of a track that is not silent. */
    public Map<String, Double> improvements(LabelledTrack track, AudioFormat format) {
        int frames = Math.toIntExact(track.lengthFrames());
        float[][] mixed = track.read(LabelledTrack.MIXTURE, 0, frames);
        Map<String, float[][]> estimates = separate(mixed, format.sampleRateHz());
        Map<String, Double> improvements = new LinkedHashMap<>();
        Signal mixture = Signal.of(mixed);
        for (String stem : model.card().stems()) {
            float[][] samples = track.read(stem, 0, frames);
            if (energy(samples) > SILENT_ENERGY) {
                Signal reference = Signal.of(samples);
                double estimated = ScaleInvariant.siSdr(reference, Signal.of(estimates.get(stem)), Mean.REMOVED);
                improvements.put(stem, estimated - ScaleInvariant.siSdr(reference, mixture, Mean.REMOVED));
            }
        }
        return improvements;
    }

    /**
     * Separates a mixture in memory.
     *
     * @param mixture {@code [channel][lengthFrames]}
     * @return estimates by stem, of the same shape
     */
    public Map<String, float[][]> separate(float[][] mixture, int sampleRateHz) {
        AudioFormat format = new AudioFormat(sampleRateHz, mixture.length);
        Map<String, MemorySink> sinks = new HashMap<>();
        engine.separate(model.id(), new MemorySource(format, mixture), (stem, sinkFormat) -> {
            MemorySink sink = new MemorySink(sinkFormat, mixture[0].length);
            sinks.put(stem, sink);
            return sink;
        });
        Map<String, float[][]> estimates = new HashMap<>();
        sinks.forEach((stem, sink) -> estimates.put(stem, sink.samples()));
        return estimates;
    }

    private static double energy(float[][] samples) {
        double energy = 0;
        for (float[] channel : samples) {
            for (float value : channel) {
                energy += value * value;
            }
        }
        return energy;
    }

    @Override
    public void close() {
        engine.close();
    }
}
