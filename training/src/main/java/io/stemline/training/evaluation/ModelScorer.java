package io.stemline.training.evaluation;

import io.stemline.audio.AudioFormat;
import io.stemline.bsseval.Mean;
import io.stemline.bsseval.ScaleInvariant;
import io.stemline.bsseval.Signal;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Score;
import io.stemline.training.songs.Song;
import io.stemline.training.songs.SongGenerator;
import io.stemline.training.songs.Stem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores a model package on generated songs, through the separator that users run. The figure is the SI-SDR of each stem
 * (both channels as one signal, means removed) over that of the mixture; per stem the mean over the songs that have it.
 */
public final class ModelScorer implements AutoCloseable {
    /** The figure's name on model cards. */
    public static final String METRIC = "SI-SDR improvement";

    private static final double SILENT_ENERGY = 1e-3;

    private final SeparationEngine engine;
    private final String modelId;

    public ModelScorer(ModelPackage model, int threads) {
        engine = SeparationEngine.open(SeparationSettings.defaults().withThreads(threads));
        engine.load(model);
        modelId = model.id();
    }

    /** Scores on the songs of seeds from the first on. */
    public List<Score> score(String dataset, long firstSeed, int songs, Duration length) {
        SongGenerator generator = new SongGenerator();
        Map<Stem, List<Double>> byStem = new EnumMap<>(Stem.class);
        for (int i = 0; i < songs; i++) {
            improvements(generator.generate(firstSeed + i, length))
                    .forEach((stem, value) -> byStem.computeIfAbsent(stem, key -> new ArrayList<>())
                            .add(value));
        }
        List<Score> scores = new ArrayList<>();
        byStem.forEach((stem, values) -> {
            double mean = values.stream().mapToDouble(value -> value).average().orElseThrow();
            scores.add(new Score(dataset, METRIC, stem.label(), Math.round(mean * 100) / 100.0));
        });
        return scores;
    }

    /** The improvement of every stem of a song that is not silent. */
    public Map<Stem, Double> improvements(Song song) {
        Map<String, float[][]> estimates = separate(song.mixture());
        Map<Stem, Double> improvements = new EnumMap<>(Stem.class);
        Signal mixture = Signal.of(song.mixture());
        song.stems().forEach((stem, samples) -> {
            if (energy(samples) > SILENT_ENERGY) {
                Signal reference = Signal.of(samples);
                double estimated =
                        ScaleInvariant.siSdr(reference, Signal.of(estimates.get(stem.label())), Mean.REMOVED);
                improvements.put(stem, estimated - ScaleInvariant.siSdr(reference, mixture, Mean.REMOVED));
            }
        });
        return improvements;
    }

    /**
     * Separates a mixture in memory.
     *
     * @param mixture {@code [2][lengthFrames]} at 44.1 kHz
     * @return estimates by stem, of the same shape
     */
    public Map<String, float[][]> separate(float[][] mixture) {
        AudioFormat format = new AudioFormat(SongGenerator.SAMPLE_RATE_HZ, mixture.length);
        Map<String, MemorySink> sinks = new HashMap<>();
        engine.separate(modelId, new MemorySource(format, mixture), (stem, sinkFormat) -> {
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
