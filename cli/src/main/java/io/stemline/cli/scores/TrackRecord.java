package io.stemline.cli.scores;

import io.stemline.bsseval.Medians;
import io.stemline.evaluation.StemFile;
import io.stemline.evaluation.StemFrames;
import io.stemline.evaluation.StemScore;
import io.stemline.evaluation.TrackScores;
import io.stemline.evaluation.TrackWarning;
import io.stemline.reports.museval.MusevalJson;
import io.stemline.reports.museval.MusevalJson.Target;
import io.stemline.reports.scores.Windows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The scores of a track and what they follow from, as a later run finds them again.
 *
 * @param settings how it was scored
 * @param files size and time of last change of its references and estimates
 * @param scores one figure a stem and metric; those of BSS Eval are medians over windows in museval's manner
 * @param frames the windows behind those medians, unrounded
 * @param seconds how long scoring took
 */
record TrackRecord(
        RunSettings settings,
        Map<String, String> files,
        List<StemScore> scores,
        List<StemFrames> frames,
        List<TrackWarning> warnings,
        double seconds) {

    private static final Comparator<StemFrames> MUSDB_ORDER = Comparator.comparing(StemFrames::stem, StemOrder.MUSDB);

    static TrackRecord of(
            ReferencedTrack track,
            RunSettings settings,
            TrackScores scored,
            Map<String, String> files,
            double seconds) {
        List<StemFrames> frames = scored.frames().stream().sorted(MUSDB_ORDER).toList();
        List<StemScore> scores = scored.scores().stream()
                .sorted(Comparator.comparing(StemScore::stem, StemOrder.MUSDB))
                .map(score -> aggregated(score, frames))
                .toList();
        return new TrackRecord(settings, files, scores, frames, scored.warnings(), seconds);
    }

    private static StemScore aggregated(StemScore score, List<StemFrames> frames) {
        return frames.stream()
                .filter(metric ->
                        metric.stem().equals(score.stem()) && metric.metric().equals(score.metric()))
                .findFirst()
                .map(metric -> new StemScore(score.stem(), score.metric(), medianOf(metric.values())))
                .orElse(score);
    }

    private static double medianOf(double[] frames) {
        double[] rounded = frames.clone();
        for (int w = 0; w < rounded.length; w++) {
            rounded[w] = MusevalJson.rounded(rounded[w]);
        }
        return Medians.of(rounded);
    }

    /** The same in museval's form. */
    byte[] museval() {
        var byStem = new LinkedHashMap<String, Map<String, double[]>>();
        for (StemFrames metric : frames) {
            byStem.computeIfAbsent(metric.stem(), stem -> new LinkedHashMap<>()).put(metric.metric(), metric.values());
        }
        var windows = new Windows(settings.windowSeconds(), settings.hopSeconds());
        var bytes = new ByteArrayOutputStream();
        try {
            MusevalJson.write(
                    byStem.entrySet().stream()
                            .map(stem -> new Target(stem.getKey(), windows, stem.getValue()))
                            .toList(),
                    bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** How a track's files look from outside. */
    static Map<String, String> fingerprints(ReferencedTrack track) throws IOException {
        var prints = new TreeMap<String, String>();
        List<Path> files = Stream.concat(track.references().stream(), track.estimates().stream())
                .map(StemFile::file)
                .distinct()
                .toList();
        for (Path file : files) {
            prints.put(
                    file.toString(),
                    Files.size(file) + " bytes, "
                            + Files.getLastModifiedTime(file).toMillis());
        }
        return prints;
    }
}
