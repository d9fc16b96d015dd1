package io.stemline.cli;

import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.StemFilter;
import io.stemline.separation.model.StemFilter.Kind;
import io.stemline.separation.streaming.Clipping;
import io.stemline.separation.streaming.Fade;
import io.stemline.separation.streaming.Refinement;
import io.stemline.separation.streaming.StemWishes;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which stems come out of a separation, and how much work goes into them. */
final class StemOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--two-stems",
            paramLabel = "STEM",
            description = "Write this stem and everything else as a second one, instead of all stems.")
    private Optional<String> twoStems = Optional.empty();

    @Option(
            names = "--residual",
            description = "Write what the stems leave of the mixture as 'residual'; nothing if they add up anyway.")
    private boolean residual;

    @Option(names = "--rate", paramLabel = "HZ", description = "Sample rate of the stems (default: that of the file).")
    private Optional<Integer> rateHz = Optional.empty();

    @Option(
            names = "--clip",
            paramLabel = "HOW",
            defaultValue = "none",
            description = "What happens to stems above full scale: none, clamp, or rescale, which makes all stems of a "
                    + "track quieter alike (default: ${DEFAULT-VALUE}).")
    private Clipping clipping;

    @Option(
            names = "--shifts",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Separate N times, with the song shifted a little each time, and take the mean. Costs N times "
                            + "the time (default: ${DEFAULT-VALUE}).")
    private int shifts;

    @Option(
            names = "--overlap",
            paramLabel = "SHARE",
            description =
                    "Share of a segment that it has in common with the one before, 0 to 0.5 (default: the model's).")
    private Optional<Double> overlap = Optional.empty();

    @Option(
            names = "--fade",
            paramLabel = "SHAPE",
            defaultValue = "triangular",
            description = "How segments are joined where they overlap: triangular or hann (default: ${DEFAULT-VALUE}).")
    private Fade fade;

    @Option(
            names = "--filter",
            paramLabel = "NAME",
            description = "How stems are made of what the network says: mixture-phase, wiener or griffin-lim "
                    + "(default: the model's, mostly mixture-phase).")
    private Optional<String> filter = Optional.empty();

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Iterations of that filter (default: 1 for wiener, 32 for griffin-lim).")
    private Optional<Integer> iterations = Optional.empty();

    StemWishes stems() {
        return checked(() ->
                new StemWishes(twoStems, residual, rateHz.map(OptionalInt::of).orElse(OptionalInt.empty()), clipping));
    }

    Refinement refinement() {
        return checked(
                () -> new Refinement(shifts, overlap.map(OptionalDouble::of).orElse(OptionalDouble.empty()), fade));
    }

    /** The filter that was asked for; empty for that of the model. */
    Optional<StemFilter> filter() {
        if (filter.isEmpty() && iterations.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--iterations needs --filter wiener or --filter griffin-lim");
        }
        return checked(() -> filter.map(Kind::of)
                .map(StemFilter::of)
                .map(usual -> iterations.map(usual::withIterations).orElse(usual)));
    }

    private <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | ModelException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
