package io.stemline.cli.study;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.cli.scores.ReferencedTrack;
import io.stemline.cli.study.StftStudy.Sources;
import io.stemline.cli.terminal.Terminal;
import io.stemline.evaluation.StemFile;
import io.stemline.evaluation.TrackScorer;
import io.stemline.reports.ReportException;
import io.stemline.separation.SeparationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs studies one after the other and gathers them on a page. */
public final class StudyRun {
    private final Supplier<StftStudy> studies;
    private final Terminal terminal;
    private final StudyPage page = new StudyPage(Instant.now());

    /** @param studies makes a new study */
    public StudyRun(Supplier<StftStudy> studies, Terminal terminal) {
        this.studies = studies;
        this.terminal = terminal;
    }

    /** Studies the mixture of a click and a sine. */
    public StftStudy clickAndSine() {
        Sources sources = ClickAndSine.sources();
        StftStudy study = studies.get();
        study.add(sources);
        page.add(
                "click-and-sine",
                "A click and a sine",
                "A tone of 440 Hz and two clicks a second of 2 ms, of the same energy, eight seconds at 44.1 kHz.",
                study,
                sources.sampleRateHz());
        return study;
    }

    /**
     * Studies tracks of a data set.
     *
     * @throws SeparationException if a track has fewer than two stems, or stems of different kinds
     */
    public StftStudy dataset(String name, List<ReferencedTrack> tracks, int mostTracks, int seconds) {
        StftStudy study = studies.get();
        List<ReferencedTrack> chosen = tracks.subList(0, Math.min(mostTracks, tracks.size()));
        int sampleRateHz = 0;
        for (ReferencedTrack track : chosen) {
            terminal.say("Separating " + track.title());
            Sources sources = read(track, seconds);
            if (sampleRateHz != 0 && sampleRateHz != sources.sampleRateHz()) {
                throw new SeparationException("%s: %d Hz, but the tracks before have %d; windows are in samples"
                        .formatted(track.title(), sources.sampleRateHz(), sampleRateHz));
            }
            sampleRateHz = sources.sampleRateHz();
            study.add(sources);
        }
        page.add(
                "dataset",
                name,
                "%d of %d tracks, at most %d seconds from the middle of each: %s."
                        .formatted(
                                chosen.size(),
                                tracks.size(),
                                seconds,
                                String.join(
                                        ", ",
                                        chosen.stream()
                                                .map(ReferencedTrack::title)
                                                .toList())),
                study,
                sampleRateHz);
        return study;
    }

    private static Sources read(ReferencedTrack track, int seconds) {
        Map<String, AudioBuffer> stems = new LinkedHashMap<>();
        for (StemFile file : track.references()) {
            if (!file.stem().equals(TrackScorer.MIXTURE)) {
                stems.put(file.stem(), AudioFiles.readAll(file.file(), file.reading()));
            }
        }
        int shortest = stems.values().stream()
                .mapToInt(AudioBuffer::lengthFrames)
                .min()
                .orElse(0);
        if (stems.size() < 2 || shortest == 0) {
            throw new SeparationException("%s: a study needs two stems with sound".formatted(track.title()));
        }
        if (stems.values().stream().map(AudioBuffer::format).distinct().count() > 1) {
            throw new SeparationException("%s: its stems differ in sample rate or channels".formatted(track.title()));
        }
        int sampleRateHz = stems.values().iterator().next().format().sampleRateHz();
        int wanted = (int) Math.min(shortest, (long) seconds * sampleRateHz);
        int start = (shortest - wanted) / 2;
        Map<String, float[][]> excerpts = new LinkedHashMap<>();
        stems.forEach((stem, audio) -> excerpts.put(
                stem,
                Arrays.stream(audio.samples())
                        .map(channel -> Arrays.copyOfRange(channel, start, start + wanted))
                        .toArray(float[][]::new)));
        return new Sources(track.title(), sampleRateHz, excerpts);
    }

    /** Writes the page. */
    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, page.html());
        } catch (IOException e) {
            throw new ReportException("%s: it cannot be written (%s)".formatted(file, e.getMessage()), e);
        }
    }
}
