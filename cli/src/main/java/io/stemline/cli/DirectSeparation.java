package io.stemline.cli;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioProbe;
import io.stemline.audio.AudioSource;
import io.stemline.audio.Encoding;
import io.stemline.audio.Excerpt;
import io.stemline.cli.images.TrackImages;
import io.stemline.cli.stems.StemFolders;
import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.ProgressBoard;
import io.stemline.cli.terminal.ProgressBoard.Bar;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.cli.terminal.Terminal;
import io.stemline.cli.terminal.Texts;
import io.stemline.cli.terminal.TimeLeft;
import io.stemline.separation.SeparationException;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.engine.StemFiles;
import io.stemline.separation.streaming.Cancellation;
import io.stemline.separation.streaming.SeparationOptions;
import io.stemline.separation.streaming.SeparationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Separates files one after the other in this process. A file that cannot be separated does not keep the others from it. */
final class DirectSeparation implements AutoCloseable {

    private static final String IMAGES = "images";

    private final SeparationEngine engine;
    private final String modelId;
    private final Terminal terminal;
    private final Cancellation cancellation = new Cancellation();
    private final Interruption.Watch watch = Interruption.onInterruption(cancellation::cancel);

    DirectSeparation(Models models, String modelId, String device, int threads, Terminal terminal) {
        this.engine = SeparationEngine.open(
                SeparationSettings.defaults().withDevice(device).withThreads(threads));
        this.modelId = modelId;
        this.terminal = terminal;
        models.find(modelId).ifPresent(engine::load);
        models.method(modelId).ifPresent(engine::add);
    }

    /**
     * What came of it, as its JSON shows it.
     *
     * @param separated how many files have stems
     * @param failed how many have none
     */
    record Report(String modelId, int separated, int failed, List<Track> tracks) {

        String render(Style style) {
            var table = Table.of("track", ">length", ">time", ">speed", "stems in");
            tracks.stream()
                    .filter(track -> track.failure().isEmpty())
                    .forEach(track -> table.row(
                            track.name(),
                            Durations.length(track.lengthSeconds()),
                            Durations.work(Duration.ofMillis(Math.round(1e3 * track.seconds()))),
                            String.format(Locale.ROOT, "%.1f×", track.speed()),
                            track.folder().orElse("")));
            var text = new StringBuilder(separated == 0 ? "" : table.render(style));
            for (Track track : tracks) {
                track.failure().ifPresent(failure -> append(text, style.bad("failed"), failure));
                track.warnings().forEach(warning -> append(text, "warning", track.name() + ": " + warning));
            }
            return text.toString();
        }

        private static void append(StringBuilder text, String kind, String sentence) {
            text.append(text.isEmpty() ? "" : System.lineSeparator())
                    .append(kind)
                    .append("  ")
                    .append(Texts.harmless(sentence));
        }
    }

    /**
     * One file.
     *
     * @param seconds how long its separation took
     * @param speed how many seconds of music were separated in a second
     * @param failure why it has no stems
     */
    record Track(
            String name,
            String path,
            double lengthSeconds,
            double seconds,
            double speed,
            Optional<String> folder,
            List<String> warnings,
            Optional<String> failure) {

        static Track failed(Path file, String reason) {
            return new Track(nameOf(file), file.toString(), 0, 0, 0, Optional.empty(), List.of(), Optional.of(reason));
        }
    }

    /**
     * How files are to be separated.
     *
     * @param output the folder that gets a folder for each
     * @param encoding how stems are written
     * @param asInput whether that holds only for files of formats that cannot be written
     * @param part which part of them
     * @param stems which stems, and how
     * @param images whether pictures of them are wanted, too
     */
    record Request(Path output, Encoding encoding, boolean asInput, Part part, StemOptions stems, boolean images) {

        Encoding encodingFor(AudioProbe file) {
            return asInput ? Encoding.of(file).orElse(encoding) : encoding;
        }
    }

    /**
     * A part of every file.
     *
     * @param seconds its length at most; may be infinite
     */
    record Part(double startSeconds, double seconds) {

        private long startFrame(AudioProbe file) {
            return Math.round(startSeconds * file.sampleRateHz());
        }

        private long lengthFrames(AudioProbe file) {
            long rest = Math.max(0, file.lengthFrames() - startFrame(file));
            return (long) Math.min(rest, Math.rint(seconds * file.sampleRateHz()));
        }

        private AudioSource of(AudioSource source, AudioProbe file) {
            boolean whole = startSeconds == 0 && Double.isInfinite(seconds);
            return whole ? source : new Excerpt(source, startFrame(file), lengthFrames(file));
        }
    }

    Report separate(List<Path> files, Request request) {
        var folders = new StemFolders(request.output());
        var tracks = new ArrayList<Track>();
        try (var board = new ProgressBoard(terminal)) {
            for (Path file : files) {
                tracks.add(attempt(file, folders, request, board));
            }
        }
        int failed = (int)
                tracks.stream().filter(track -> track.failure().isPresent()).count();
        return new Report(modelId, tracks.size() - failed, failed, List.copyOf(tracks));
    }

    private Track attempt(Path file, StemFolders folders, Request request, ProgressBoard board) {
        try {
            return separate(file, folders, request, board);
        } catch (AudioException | SeparationException e) {
            if (cancellation.isCancelled()) {
                throw e;
            }
            return Track.failed(file, e.getMessage());
        } catch (IOException e) {
            return Track.failed(file, file.getFileName() + ": its stems cannot be written (" + e + ")");
        }
    }

    private Track separate(Path file, StemFolders folders, Request request, ProgressBoard board) throws IOException {
        AudioProbe probe = AudioFiles.probe(file);
        long lengthFrames = request.part().lengthFrames(probe);
        Path folder = folders.create(nameOf(file), file.toString());
        var timeLeft = new TimeLeft();
        long started = System.nanoTime();
        var options = SeparationOptions.none()
                .withCancellation(cancellation)
                .withLengthFrames(lengthFrames)
                .withStems(request.stems().stems())
                .withRefinement(request.stems().refinement())
                .withFilter(request.stems().filter())
                .withListener((done, total) -> {
                    double fraction = lengthFrames == 0 ? 1 : (double) done / lengthFrames;
                    String left = timeLeft.at(System.nanoTime(), done, lengthFrames)
                            .map(time -> "about " + Durations.work(time) + " left")
                            .orElse("");
                    board.show(List.of(new Bar(nameOf(file), "separating", fraction, left)));
                });
        var images = new TrackImages(nameOf(file));
        SeparationResult result;
        try (var mixture = request.part().of(AudioFiles.open(file), probe);
                var stems = new StemFiles(folder, request.encodingFor(probe))) {
            result = request.images()
                    ? engine.separate(modelId, images.of(mixture), images.of(stems), options)
                    : engine.separate(modelId, mixture, stems, options);
            stems.publish();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        var warnings = new ArrayList<>(result.warnings());
        if (request.images()) {
            warnings.addAll(images.write(folder.resolve(IMAGES)));
        }
        double lengthSeconds = (double) result.lengthFrames() / result.format().sampleRateHz();
        return new Track(
                nameOf(file),
                file.toString(),
                lengthSeconds,
                seconds,
                lengthSeconds / seconds,
                Optional.of(folder.toString()),
                List.copyOf(warnings),
                Optional.empty());
    }

    @Override
    public void close() {
        watch.close();
        engine.close();
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
