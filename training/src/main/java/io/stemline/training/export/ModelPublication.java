package io.stemline.training.export;

import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Score;
import io.stemline.training.evaluation.ModelScorer;
import io.stemline.training.songs.SongGenerator;
import io.stemline.training.songs.SongRecipe;
import io.stemline.training.trainer.TrainingConfiguration;
import io.stemline.training.trainer.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a model package of a training run's outcome.
 *
 * <ol>
 *   <li>Packages with different exponents for the vocals' mask are written to a temporary folder and scored on songs with
 *       validation seeds. Networks that learned from generated voices are too careful with recorded ones, so of the
 *       exponents within 0.3 dB of the best the smallest is taken.
 *   <li>That package is scored on songs with test seeds, which neither training nor the choice has seen.
 *   <li>It is written with these scores and a text. What fails leaves no package.
 * </ol>
 */
public final class ModelPublication {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelPublication.class);
    private static final List<Double> EXPONENTS = List.of(1.0, 0.7, 0.5);
    private static final double TOLERANCE_DB = 0.3;
    private static final int CALIBRATION_SONGS = 4;
    private static final int TEST_SONGS = 12;
    private static final Duration SONG_LENGTH = Duration.ofSeconds(15);
    private static final long CALIBRATION_OFFSET = 10_000;

    private final TrainingConfiguration configuration;
    private final TrainingRun.Outcome outcome;
    private final String codeVersion;

    public ModelPublication(TrainingConfiguration configuration, TrainingRun.Outcome outcome, String codeVersion) {
        this.configuration = configuration;
        this.outcome = outcome;
        this.codeVersion = codeVersion;
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
                double exponent = calibrate(temporary);
                ModelPackage candidate = write(temporary.resolve("candidate"), id, exponent, List.of(), "");
                List<Score> scores = score(
                        candidate, "generated songs, held out", TrainingConfiguration.FIRST_TEST_SEED, TEST_SONGS);
                return write(models, id, exponent, scores, text(id, exponent, scores));
            } finally {
                FileUtils.deleteDirectory(temporary.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    models.resolve(id) + ": the model cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private double calibrate(Path temporary) {
        Map<Double, Double> vocals = new LinkedHashMap<>();
        for (double exponent : EXPONENTS) {
            ModelPackage candidate =
                    write(temporary.resolve("exponent-" + exponent), "candidate", exponent, List.of(), "");
            long seed = configuration.validationSeed() + CALIBRATION_OFFSET;
            double score = score(candidate, "validation", seed, CALIBRATION_SONGS).stream()
                    .filter(found -> found.stem().equals("vocals"))
                    .mapToDouble(Score::value)
                    .average()
                    .orElse(0);
            vocals.put(exponent, score);
            LOGGER.atInfo()
                    .addKeyValue("exponent", exponent)
                    .addKeyValue("vocals", score)
                    .log("Calibrated on validation songs");
        }
        return smallestWithinTolerance(vocals);
    }

    static double smallestWithinTolerance(Map<Double, Double> scores) {
        double best = scores.values().stream().mapToDouble(score -> score).max().orElseThrow();
        return scores.entrySet().stream()
                .filter(entry -> entry.getValue() >= best - TOLERANCE_DB)
                .mapToDouble(Map.Entry::getKey)
                .min()
                .orElseThrow();
    }

    private static List<Score> score(ModelPackage model, String dataset, long firstSeed, int songs) {
        try (var scorer = new ModelScorer(model, 0)) {
            return scorer.score(dataset, firstSeed, songs, SONG_LENGTH);
        }
    }

    private ModelPackage write(Path models, String id, double exponent, List<Score> scores, String text) {
        String description = "Four stems by masks on the magnitude spectrogram; a U-Net of "
                + configuration.network().trainableWeights() + " weights, trained on generated songs.";
        var details = new ModelExport.Details(id, "U-Net", description, exponent, codeVersion, scores, text);
        return ModelExport.write(models, configuration, outcome.weights(), details);
    }

    private String text(String id, double exponent, List<Score> scores) {
        String table = scores.stream()
                .map(score -> String.format(Locale.ROOT, "| %s | %.2f |", score.stem(), score.value()))
                .collect(Collectors.joining("\n"));
        return """
                # %s

                Separates music into vocals, drums, bass and other: masks on the magnitude spectrogram by a U-Net of %,d
                weights, at 44.1 kHz in stereo. Trained only on songs of Stemline's own generator: no recorded music.

                ## Training
                %,d steps of %d mixtures in %d minutes, seed %d, format %d of the songs. The weights are those with the
                best validation loss (%.2f dB). `model.json` holds the whole configuration.

                ## Scores
                %s in dB, mean over %d generated songs of %d s that neither training nor any choice has seen:

                | stem | dB |
                | --- | --- |
                %s

                ## What is done after the network
                The vocals' mask is raised to the power %s, chosen on validation songs, and is zero below 100 Hz. Then the
                masks are made to add up to one.

                ## Limits
                Generated songs are simpler than recorded ones, so real music is separated less well than these figures
                say. Above %,d Hz every stem gets the average of its mask.
                """.formatted(
                        id,
                        configuration.network().trainableWeights(),
                        outcome.steps(),
                        configuration.batchSize(),
                        outcome.elapsed().toMinutes(),
                        configuration.seed(),
                        SongRecipe.FORMAT_VERSION,
                        outcome.lossDb(),
                        ModelScorer.METRIC,
                        TEST_SONGS,
                        SONG_LENGTH.toSeconds(),
                        table,
                        exponent,
                        Math.round((double) configuration.spectrum().bins()
                                * SongGenerator.SAMPLE_RATE_HZ
                                / configuration.spectrum().windowLength()));
    }
}
