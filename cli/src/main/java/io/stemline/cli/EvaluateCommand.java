package io.stemline.cli;

import io.stemline.cli.scores.ReferencedTracks;
import io.stemline.cli.scores.RunSettings;
import io.stemline.cli.scores.ScoresException;
import io.stemline.cli.scores.ScoringRun;
import io.stemline.cli.scores.TrackOutcome;
import io.stemline.evaluation.ScoringSettings;
import io.stemline.evaluation.ScoringSettings.Accompaniment;
import io.stemline.evaluation.ScoringSettings.Mode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores estimated stems against true ones. */
@Command(
        name = "evaluate",
        description = {
            "Scores estimated stems against true ones: BSS Eval as museval computes it, SI-SDR, SNR and the MDX challenges' SDR.",
            "Run again, it scores only what is missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline evaluate song/true song/estimated",
            "  stemline evaluate musdb18 estimates -o scores/my-model",
            "  stemline evaluate musdb18/test estimates/test --targets vocals,accompaniment --jobs 4",
            "  stemline evaluate songs stems --mode v3-images --window 30 --hop 15"
        },
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    private static final int THREADS_OF_A_TRACK = 4;
    private static final int NANOS_DIGITS = 9;

    @Parameters(
            index = "0",
            paramLabel = "REFERENCES",
            description =
                    "True stems: a folder of <stem>.wav (or flac, mp3, ...), a .stem.mp4, or a collection of either, as MUSDB is.")
    private Path references;

    @Parameters(
            index = "1",
            paramLabel = "ESTIMATES",
            description = "Stems to score: <stem>.wav, or [<subset>/]<track>/<stem>.wav for a collection.")
    private Path estimates;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = "scores",
            description = "Where scores go, and are found again (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "v4",
            description = "Version and form of BSS Eval: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private EvaluationMode mode;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description =
                    "Length of a window (default: ${DEFAULT-VALUE}); one longer than a track takes it as a whole.")
    private BigDecimal window;

    @Option(
            names = "--hop",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "From the start of one window to the next (default: ${DEFAULT-VALUE}).")
    private BigDecimal hop;

    @Option(
            names = "--filter-length",
            paramLabel = "N",
            defaultValue = "512",
            description = "Taps of the distortion filters (default: ${DEFAULT-VALUE}, as in all published figures).")
    private int filterLength;

    @Option(
            names = "--targets",
            paramLabel = "STEM",
            split = ",",
            description =
                    "Stems whose figures are wanted (default: all). 'accompaniment' is added up from the other stems where there is none.")
    private List<String> targets = List.of();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "0",
            description = "Tracks to score at a time, which share the processors; 0 for one for every four of them"
                    + " (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--regularise",
            description = "Stable ISR, SIR and SAR for lossy references, which published figures do not have.")
    private boolean regularise;

    @Option(
            names = "--round",
            negatable = true,
            description =
                    "Round references to 16 bit, or not. Default: rounded in collections and .stem.mp4, since museval's reader"
                            + " of MUSDB gives them so; as they are in a single folder.")
    private Optional<Boolean> round = Optional.empty();

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        ScoringSettings wanted = settings();
        requireAtLeast("--jobs", jobs, 0);
        long start = System.nanoTime();
        ReferencedTracks found;
        ScoringRun run;
        try {
            found = ReferencedTracks.find(absolute(references), absolute(estimates));
            int together = jobsFor(found.tracks().size());
            ScoringSettings scoring = wanted.withReferencesRounded(round.orElse(found.collection()))
                    .withParallelism(Math.max(1, processors() / together));
            run = ScoringRun.into(
                    absolute(output),
                    RunSettings.of(absolute(references), absolute(estimates), scoring),
                    scoring,
                    together,
                    common.terminal());
        } catch (ScoresException e) {
            throw CommandFailure.wrongUse(e.getMessage());
        }
        List<TrackOutcome> outcomes = run.score(found.tracks());
        var report = EvaluationReport.of(
                absolute(output), outcomes, found.withoutEstimates(), Duration.ofNanos(System.nanoTime() - start));
        common.print(() -> report, report::render);
        return report.failed() == 0 ? Stemline.ALL_WELL : Stemline.SOMETHING_FAILED;
    }

    private ScoringSettings settings() {
        requireAtLeast("--filter-length", filterLength, 1);
        return ScoringSettings.defaults()
                .withMode(mode.mode())
                .withWindow(seconds("--window", window), seconds("--hop", hop))
                .withFilterLength(filterLength)
                .withRegularise(regularise)
                .withTargets(targets)
                .withAccompaniment(Accompaniment.WHERE_ASKED_FOR);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private int jobsFor(int tracks) {
        int wanted = jobs > 0 ? jobs : Math.max(1, processors() / THREADS_OF_A_TRACK);
        return Math.clamp(tracks, 1, wanted);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static Duration seconds(String option, BigDecimal value) {
        BigDecimal nanos = value.movePointRight(NANOS_DIGITS);
        if (nanos.compareTo(BigDecimal.ONE) < 0 || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw CommandFailure.wrongUse("%s must be a number of seconds above 0, and is %s".formatted(option, value));
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private static void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw CommandFailure.wrongUse("%s must be at least %d, and is %d".formatted(option, least, value));
        }
    }

    /** Versions and forms of BSS Eval, as they are called on the command line. */
    enum EvaluationMode {
        V4("v4", Mode.V4),
        V3_SOURCES("v3-sources", Mode.V3_SOURCES),
        V3_IMAGES("v3-images", Mode.V3_IMAGES);

        private final String word;
        private final Mode mode;

        EvaluationMode(String word, Mode mode) {
            this.word = word;
            this.mode = mode;
        }

        Mode mode() {
            return mode;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
