package io.stemline.cli;

import io.stemline.audio.AudioException;
import io.stemline.cli.scores.ReferencedTracks;
import io.stemline.cli.scores.ScoresException;
import io.stemline.cli.study.StftStudy;
import io.stemline.cli.study.StudyRun;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.reports.charts.Decibels;
import io.stemline.separation.SeparationException;
import io.stemline.separation.oracle.OracleKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how well ideal masks separate, by window and hop. */
@Command(
        name = "stft",
        description = {
            "Separates a click from a sine, and the tracks of a data set, with ideal masks in transforms of several windows and hops.",
            "What a mask cannot part in a transform, no model that works in it can part."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline study stft --window 8192 --hop 1024..8192",
            "  stemline study stft --window 512..8192 --hop 256,512,1024 musdb18/test -o study.html"
        },
        mixinStandardHelpOptions = true)
final class StudyStftCommand implements Callable<Integer> {

    private static final int LEAST = 16;
    private static final int MOST = 65_536;
    private static final int SETTINGS_AT_MOST = 16;

    @Parameters(
            arity = "0..1",
            paramLabel = "DATASET",
            description =
                    "Tracks with their true stems: a folder of stems, a .stem.mp4, or a collection of either, as MUSDB is.")
    private Optional<Path> dataset = Optional.empty();

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "8192",
            description = "Lengths of windows in samples: one, several with commas, or FROM..TO by doubling"
                    + " (default: ${DEFAULT-VALUE}).")
    private String windows;

    @Option(
            names = "--hop",
            paramLabel = "N",
            defaultValue = "1024..8192",
            description = "Samples from window to window, likewise (default: ${DEFAULT-VALUE}).")
    private String hops;

    @Option(
            names = "--mask",
            paramLabel = "MASK",
            defaultValue = "irm2",
            description = "ibm (ideal binary mask), irm1 or irm2 (ideal ratio masks of magnitudes, of powers;"
                    + " default: ${DEFAULT-VALUE}).")
    private String mask;

    @Option(
            names = "--tracks",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many tracks of the data set at most (default: ${DEFAULT-VALUE}).")
    private int tracks;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "30",
            description = "How much of each, from its middle (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "study.html",
            description = "Where the page goes (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Mixin
    private CommonOptions common;

    /** A figure, as the JSON shows it. */
    private record Figure(String study, String stem, int window, int hop, Optional<Double> siSdr) {}

    @Override
    public Integer call() {
        if (tracks < 1 || seconds < 1) {
            throw CommandFailure.wrongUse("--tracks and --seconds must be 1 or more");
        }
        Map<String, StftStudy> studies = new LinkedHashMap<>();
        try {
            OracleKind kind = OracleKind.of(mask);
            List<Integer> windowLengths = lengths("--window", windows);
            List<Integer> hopLengths = lengths("--hop", hops);
            if (hopLengths.getFirst() > windowLengths.getLast()) {
                throw CommandFailure.wrongUse("--hop: every hop is longer than the longest window");
            }
            var run = new StudyRun(() -> new StftStudy(kind, windowLengths, hopLengths), common.terminal());
            studies.put("click and sine", run.clickAndSine());
            dataset.ifPresent(folder -> {
                var found = ReferencedTracks.of(folder.toAbsolutePath().normalize());
                studies.put(folder.toString(), run.dataset(folder.toString(), found.tracks(), tracks, seconds));
            });
            run.write(output);
        } catch (ScoresException | SeparationException | AudioException e) {
            throw CommandFailure.wrongUse(e.getMessage());
        }
        common.print(() -> figures(studies), style -> render(studies, style));
        return Stemline.ALL_WELL;
    }

    /** Lengths in ascending order. */
    private static List<Integer> lengths(String option, String text) {
        var lengths = new TreeSet<Integer>();
        for (String part : text.split(",")) {
            String[] ends = part.strip().split("\\.\\.", -1);
            int from = length(option, ends[0]);
            int to = ends.length == 2 ? length(option, ends[1]) : from;
            if (ends.length > 2 || to < from) {
                throw CommandFailure.wrongUse("%s: '%s' is not a range like 1024..8192".formatted(option, part));
            }
            for (int length = from; length <= to; length *= 2) {
                lengths.add(length);
            }
        }
        if (lengths.size() > SETTINGS_AT_MOST) {
            throw CommandFailure.wrongUse("%s: at most %d lengths at once".formatted(option, SETTINGS_AT_MOST));
        }
        return List.copyOf(lengths);
    }

    private static int length(String option, String text) {
        try {
            int length = Integer.parseInt(text);
            if (length >= LEAST && length <= MOST) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw CommandFailure.wrongUse("%s: '%s' is not a number of samples".formatted(option, text));
        }
        throw CommandFailure.wrongUse("%s: from %d to %d samples, not %s".formatted(option, LEAST, MOST, text));
    }

    private static List<Figure> figures(Map<String, StftStudy> studies) {
        var figures = new ArrayList<Figure>();
        studies.forEach((name, study) -> {
            for (String stem : study.stems()) {
                for (int window : study.windows()) {
                    for (int hop : study.hops()) {
                        Optional<Double> figure =
                                Optional.of(study.median(window, hop, stem)).filter(Double::isFinite);
                        if (hop <= window) {
                            figures.add(new Figure(name, stem, window, hop, figure));
                        }
                    }
                }
            }
        });
        return figures;
    }

    private String render(Map<String, StftStudy> studies, Style style) {
        var text = new StringBuilder();
        studies.forEach((name, study) -> {
            var titles = new ArrayList<>(List.of("SI-SDR, dB", ">window", ">hop"));
            study.stems().forEach(stem -> titles.add(">" + stem));
            var table = Table.of(titles);
            for (int window : study.windows()) {
                for (int hop : study.hops()) {
                    if (hop <= window) {
                        var cells = new ArrayList<>(List.of(name, String.valueOf(window), String.valueOf(hop)));
                        study.stems().forEach(stem -> cells.add(Decibels.of(study.median(window, hop, stem))));
                        table.row(cells);
                    }
                }
            }
            text.append(table.render(style)).append(System.lineSeparator().repeat(2));
        });
        return text + "Study is in " + output;
    }
}
