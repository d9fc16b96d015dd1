package io.stemline.cli;

import io.stemline.audio.AudioException;
import io.stemline.audio.Encoding;
import io.stemline.cli.scores.ReferencedTrack;
import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.ProgressBoard;
import io.stemline.cli.terminal.ProgressBoard.Bar;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.cli.terminal.Terminal;
import io.stemline.cli.terminal.Texts;
import io.stemline.evaluation.StemFile;
import io.stemline.evaluation.TrackScorer;
import io.stemline.separation.SeparationException;
import io.stemline.separation.engine.StemFiles;
import io.stemline.separation.oracle.OracleKind;
import io.stemline.separation.oracle.OracleSource;
import io.stemline.separation.oracle.Oracles;
import io.stemline.separation.streaming.StemOutputs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has oracles separate tracks, one after the other. A track that cannot be separated does not keep the others from it. */
final class OracleSeparation {

    private final Path output;
    private final Set<OracleKind> kinds;
    private final Encoding encoding;
    private final Terminal terminal;

    OracleSeparation(Path output, Set<OracleKind> kinds, Encoding encoding, Terminal terminal) {
        this.output = output;
        this.kinds = kinds;
        this.encoding = encoding;
        this.terminal = terminal;
    }

    /**
     * What came of it, as its JSON shows it.
     *
     * @param folders the folder of each oracle, to be given to {@code stemline evaluate}
     */
    record Report(int separated, int failed, Map<String, String> folders, List<Track> tracks) {

        String render(Style style) {
            var table = Table.of("track", ">length", ">time", "stems");
            var text = new StringBuilder();
            for (Track track : tracks) {
                if (track.failure().isEmpty()) {
                    table.row(
                            track.title(),
                            Durations.length(track.lengthSeconds()),
                            Durations.work(Duration.ofMillis(Math.round(1e3 * track.seconds()))),
                            String.join(" ", track.stems()));
                }
            }
            if (separated > 0) {
                text.append(table.render(style));
                folders.forEach((kind, folder) ->
                        text.append(System.lineSeparator()).append("%-5s in %s".formatted(kind, folder)));
            }
            for (Track track : tracks) {
                track.failure()
                        .ifPresent(failure -> text.append(text.isEmpty() ? "" : System.lineSeparator())
                                .append(style.bad("failed"))
                                .append("  ")
                                .append(Texts.harmless(failure)));
            }
            return text.toString();
        }
    }

    /**
     * One track.
     *
     * @param failure why it has no stems
     */
    record Track(String title, List<String> stems, double lengthSeconds, double seconds, Optional<String> failure) {}

    Report separate(List<ReferencedTrack> tracks) {
        var done = new ArrayList<Track>();
        try (var board = new ProgressBoard(terminal)) {
            for (var track : tracks) {
                board.show(List.of(new Bar(track.title(), "separating", (double) done.size() / tracks.size(), "")));
                done.add(attempt(track));
            }
        }
        int failed =
                (int) done.stream().filter(track -> track.failure().isPresent()).count();
        var folders = new LinkedHashMap<String, String>();
        kinds.forEach(kind ->
                folders.put(kind.toString(), output.resolve(kind.toString()).toString()));
        return new Report(done.size() - failed, failed, folders, List.copyOf(done));
    }

    private Track attempt(ReferencedTrack track) {
        long start = System.nanoTime();
        var stems = track.references().stream()
                .filter(file -> !file.stem().equals(TrackScorer.MIXTURE))
                .toList();
        var names = stems.stream().map(StemFile::stem).toList();
        try {
            double lengthSeconds = separate(track, stems);
            return new Track(track.title(), names, lengthSeconds, (System.nanoTime() - start) / 1e9, Optional.empty());
        } catch (AudioException | SeparationException e) {
            return new Track(
                    track.title(), names, 0, 0, Optional.of("%s: %s".formatted(track.title(), e.getMessage())));
        }
    }

    private double separate(ReferencedTrack track, List<StemFile> stems) {
        var mixture = track.references().stream()
                .filter(file -> file.stem().equals(TrackScorer.MIXTURE))
                .findFirst()
                .map(OracleSeparation::source);
        var oracles = new Oracles(stems.stream().map(OracleSeparation::source).toList(), mixture);
        var files = new EnumMap<OracleKind, StemFiles>(OracleKind.class);
        kinds.forEach(kind -> files.put(
                kind,
                new StemFiles(
                        output.resolve(kind.toString()).resolve(track.subset()).resolve(track.name()), encoding)));
        try {
            long lengthFrames = oracles.separate(new EnumMap<OracleKind, StemOutputs>(files));
            files.values().forEach(StemFiles::publish);
            return lengthFrames / (double) sampleRateHz(stems.getFirst());
        } finally {
            files.values().forEach(StemFiles::close);
        }
    }

    private static int sampleRateHz(StemFile file) {
        try (var source = file.open()) {
            return source.format().sampleRateHz();
        }
    }

    private static OracleSource source(StemFile file) {
        return new OracleSource(file.stem(), String.valueOf(file.file().getFileName()), file::open);
    }
}
