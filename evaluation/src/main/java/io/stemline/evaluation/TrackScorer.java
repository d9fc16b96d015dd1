package io.stemline.evaluation;

import io.stemline.bsseval.Progress;
import io.stemline.bsseval.ScoringException;
import java.nio.file.Path;
import java.util.List;

/**
 * Scores the stems of a track against its references: BSS Eval, SI-SDR without mean removal, SNR and the MDX challenges' SDR;
 * the last three also as improvements over the mixture, where there is one.
 *
 * <p>What is scored together follows museval:
 *
 * <ol>
 *   <li>all stems that have both a reference and an estimate, without the accompaniment where there are vocals;
 *   <li>vocals and accompaniment as a scenario of its own, where {@link ScoringSettings#accompaniment} asks for it. A reference or
 *       estimate of the accompaniment that does not exist is the sum of the other stems. The figures of the vocals are then those
 *       of this scenario.
 * </ol>
 *
 * <p>museval has no figures for a lone stem; here it has all that are defined, which leaves out SIR. A stem that is silent
 * throughout is an error in museval; here it is left out with a warning. Estimates are padded or cut to the references.
 */
public final class TrackScorer {
    /** Name and version of scoring with the default settings; it changes whenever figures may. */
    public static final String PROTOCOL = "bsseval-v4/1";

    /** The reference of this name is not a stem, but what the stems add up to. */
    public static final String MIXTURE = "mixture";

    static final String VOCALS = "vocals";
    static final String ACCOMPANIMENT = "accompaniment";

    private final Path scratch;
    private final ScoringSettings settings;

    /** Scores with the default settings; see {@link #TrackScorer(Path, ScoringSettings)}. */
    public TrackScorer(Path scratch, int parallelism) {
        this(scratch, ScoringSettings.defaults().withParallelism(parallelism));
    }

    /** @param scratch an existing folder for decoded audio: 4 bytes a sample of all stems and references */
    public TrackScorer(Path scratch, ScoringSettings settings) {
        this.scratch = scratch;
        this.settings = settings;
    }

    /** Scores without telling how far it has come; see {@link #score(List, List, Progress)}. */
    public TrackScores score(List<StemFile> references, List<StemFile> estimates) {
        return score(references, estimates, Progress.NONE);
    }

    /**
     * @param references the true stems, and perhaps the {@value #MIXTURE}
     * @param estimates the stems to score; one named {@value #MIXTURE} is ignored
     * @param progress told how far the scoring has come once the files are decoded
     * @throws io.stemline.audio.AudioException if a file cannot be decoded
     * @throws EvaluationException if the files cannot be compared
     */
    public TrackScores score(List<StemFile> references, List<StemFile> estimates, Progress progress) {
        requireFewEnough(references);
        try (var track = DecodedTrack.of(references, estimates, scratch, settings.referencesRounded())) {
            return new TrackScoring(track, settings, progress).run();
        } catch (ScoringException e) {
            throw new EvaluationException(e.getMessage(), e);
        }
    }

    private static void requireFewEnough(List<StemFile> references) {
        long sources =
                references.stream().filter(file -> !file.stem().equals(MIXTURE)).count();
        if (sources > TrackScoring.MOST_SOURCES) {
            StemFile first = references.getFirst();
            throw new EvaluationException(
                    "%s and the references beside it are %d sources; at most %d can be scored together"
                            .formatted(first.file().getFileName(), sources, TrackScoring.MOST_SOURCES));
        }
    }
}
