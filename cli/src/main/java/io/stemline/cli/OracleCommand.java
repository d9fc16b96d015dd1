package io.stemline.cli;

import io.stemline.cli.scores.ReferencedTracks;
import io.stemline.cli.scores.ScoresException;
import io.stemline.separation.SeparationException;
import io.stemline.separation.oracle.OracleKind;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Separates tracks with the help of their true stems. */
@Command(
        name = "oracle",
        description = {
            "Separates tracks with the help of their true stems, to see how far masks and filters can get at best.",
            "The mixture is the file of that name, or else the sum of the stems."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline oracle song/true -o bounds",
            "  stemline oracle musdb18/test -o bounds --kind irm2,mwf",
            "  stemline evaluate musdb18/test bounds/irm2 -o scores/irm2"
        },
        mixinStandardHelpOptions = true)
final class OracleCommand implements Callable<Integer> {

    private static final String ALL = "all";

    @Parameters(
            paramLabel = "REFERENCES",
            description =
                    "True stems: a folder of <stem>.wav (or flac, mp3, ...), a .stem.mp4, or a collection of either, as MUSDB is.")
    private Path references;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Where stems go, as DIR/<kind>/[<subset>/]<track>/<stem>.<extension>.")
    private Path output;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            split = ",",
            defaultValue = ALL,
            description = "ibm (ideal binary mask), irm1, irm2 (ideal ratio masks of magnitudes, of powers), mwf"
                    + " (multichannel Wiener filter), or all (default: ${DEFAULT-VALUE}).")
    private List<String> kinds;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "wav",
            description = "How stems are written: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, 32-bit float).")
    private StemFormat format;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        OracleSeparation.Report report;
        try {
            var wanted = wantedKinds();
            var tracks = ReferencedTracks.of(absolute(references)).tracks();
            report = new OracleSeparation(absolute(output), wanted, format.encoding(), common.terminal())
                    .separate(tracks);
        } catch (ScoresException | SeparationException e) {
            throw CommandFailure.wrongUse(e.getMessage());
        }
        common.print(() -> report, report::render);
        return report.failed() == 0 ? Stemline.ALL_WELL : Stemline.SOMETHING_FAILED;
    }

    private Set<OracleKind> wantedKinds() {
        var wanted = EnumSet.noneOf(OracleKind.class);
        for (String kind : kinds) {
            if (kind.equals(ALL)) {
                return EnumSet.allOf(OracleKind.class);
            }
            wanted.add(OracleKind.of(kind));
        }
        return wanted;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
