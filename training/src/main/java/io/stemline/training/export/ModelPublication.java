package io.stemline.training.export;

import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Score;
import io.stemline.separation.model.StemRule;
import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.Split;
import io.stemline.training.evaluation.ModelScorer;
import io.stemline.training.network.SpectrumInput;
import io.stemline.training.trainer.TrainingConfiguration;
import io.stemline.training.trainer.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a model package of a training run's outcome.
 *
 * <ol>
 *   <li>Where a network of masks has vocals among several stems, packages with different exponents for the vocals' mask are
 *       written to a temporary folder and scored on validation tracks. Networks that learned from generated voices are too
 *       careful with recorded ones, so of the exponents within 0.3 dB of the best the smallest is taken.
 *   <li>That package is scored on test tracks, which neither training nor the choice has seen.
 *   <li>It is written with these scores and a text. What fails leaves no package.
 * </ol>
 */
public final class ModelPublication {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelPublication.class);
    private static final String VOCALS = "vocals";
    private static final double LOWEST_VOCALS_HZ = 100;
    private static final List<Double> EXPONENTS = List.of(1.0, 0.7, 0.5);
    private static final double TOLERANCE_DB = 0.3;
    private static final int CALIBRATION_TRACKS = 4;
    private static final int TEST_TRACKS = 12;

    private final TrainingConfiguration configuration;
    private final Dataset dataset;
    private final TrainingRun.Outcome outcome;
    private final String codeVersion;
    private final Optional<String> parent;

    /** @param parent id of the model whose weights the run started from */
    public ModelPublication(
            TrainingConfiguration configuration,
            Dataset dataset,
            TrainingRun.Outcome outcome,
            String codeVersion,
            Optional<String> parent) {
        this.configuration = configuration;
        this.dataset = dataset;
        this.outcome = outcome;
        this.codeVersion = codeVersion;
        this.parent = parent;
    }

    /**
     * Calibrates, scores and writes the package.
     *
     * @param models the folder of packages
     */
    public ModelPackage publish(Path models, String id) {
        try {
            Path temporary = Files.createTempDirectory("publication-");
            try {
                Map<String, StemRule> rules = hasVocalsToCalibrate() ? calibrate(temporary) : Map.of();
                ModelPackage candidate = write(temporary.resolve("candidate"), id, rules, List.of(), "");
                List<LabelledTrack> test = some(Split.TEST, TEST_TRACKS);
                List<Score> scores = score(candidate, dataset.name() + ", held out", test);
                return write(models, id, rules, scores, text(id, rules, test.size(), scores));
            } finally {
                FileUtils.deleteDirectory(temporary.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    models.resolve(id) + ": the model cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private boolean hasVocalsToCalibrate() {
        List<String> stems = configuration.network().stems();
        return configuration.network().input() instanceof SpectrumInput && stems.size() > 1 && stems.contains(VOCALS);
    }

    private List<LabelledTrack> some(Split split, int count) {
        List<LabelledTrack> tracks = dataset.tracks(split);
        return tracks.subList(0, Math.min(count, tracks.size()));
    }

    private Map<String, StemRule> calibrate(Path temporary) {
        Map<Double, Double> scores = new LinkedHashMap<>();
        List<LabelledTrack> tracks = some(Split.VALIDATION, CALIBRATION_TRACKS);
        for (double exponent : EXPONENTS) {
            ModelPackage candidate =
                    write(temporary.resolve("exponent-" + exponent), "candidate", vocals(exponent), List.of(), "");
            double score = score(candidate, "validation", tracks).stream()
                    .filter(found -> found.stem().equals(VOCALS))
                    .mapToDouble(Score::value)
                    .average()
                    .orElse(0);
            scores.put(exponent, score);
            LOGGER.atInfo()
                    .addKeyValue("exponent", exponent)
                    .addKeyValue("vocals", score)
                    .log("Calibrated on validation tracks");
        }
        return vocals(smallestWithinTolerance(scores));
    }

    private static Map<String, StemRule> vocals(double exponent) {
        return Map.of(
                VOCALS,
                new StemRule(
                        exponent == 1 ? OptionalDouble.empty() : OptionalDouble.of(exponent),
                        OptionalDouble.of(LOWEST_VOCALS_HZ)));
    }

    static double smallestWithinTolerance(Map<Double, Double> scores) {
        double best = scores.values().stream().mapToDouble(score -> score).max().orElseThrow();
        return scores.entrySet().stream()
                .filter(entry -> entry.getValue() >= best - TOLERANCE_DB)
                .mapToDouble(Map.Entry::getKey)
                .min()
                .orElseThrow();
    }

    private List<Score> score(ModelPackage model, String name, List<LabelledTrack> tracks) {
        try (var scorer = new ModelScorer(model, 0)) {
            return scorer.score(name, tracks, dataset.format());
        }
    }

    private ModelPackage write(Path models, String id, Map<String, StemRule> rules, List<Score> scores, String text) {
        var details = new ModelExport.Details(
                id, id, description(), rules, dataset.name(), codeVersion, parent, scores, text);
        return ModelExport.write(models, configuration, outcome.weights(), details);
    }

    private String description() {
        return "%s into %s; %,d weights, trained on %s."
                .formatted(
                        configuration.network().input() instanceof SpectrumInput ? "Masks" : "Waveforms",
                        String.join(", ", configuration.network().stems()),
                        configuration.network().trainableWeights(),
                        dataset.name());
    }

    private String text(String id, Map<String, StemRule> rules, int testTracks, List<Score> scores) {
        return """
                # %s

                %s

                ## Training
                %,d steps of %d mixtures in %d minutes, seed %d. The weights are those with the best validation figure
                (%.2f dB). `model.json` holds the whole configuration.

                ## Scores
                %s
                %s""".formatted(
                        id,
                        description(),
                        outcome.steps(),
                        configuration.batchSize() * configuration.batchesPerStep(),
                        outcome.elapsed().toMinutes(),
                        configuration.seed(),
                        outcome.lossDb(),
                        scoreTable(testTracks, scores),
                        afterwards(rules));
    }

    private String scoreTable(int testTracks, List<Score> scores) {
        if (testTracks == 0) {
            return "None yet: %s has no tracks to test with.".formatted(dataset.name());
        }
        return """
                %s in dB, mean over %d tracks of %s that neither training nor any choice has seen:

                | stem | dB |
                | --- | --- |
                %s""".formatted(
                        ModelScorer.METRIC,
                        testTracks,
                        dataset.name(),
                        scores.stream()
                                .map(score -> String.format(Locale.ROOT, "| %s | %.2f |", score.stem(), score.value()))
                                .collect(Collectors.joining("\n")));
    }

    private static String afterwards(Map<String, StemRule> rules) {
        if (rules.isEmpty()) {
            return "";
        }
        StemRule vocals = rules.get(VOCALS);
        return """

                ## What is done after the network
                The vocals' mask is raised to the power %s, chosen on validation tracks, and is zero below %.0f Hz. Then the
                masks are made to add up to one.
                """.formatted(
                vocals.maskExponent().orElse(1), vocals.lowestFrequencyHz().orElse(0));
    }
}
