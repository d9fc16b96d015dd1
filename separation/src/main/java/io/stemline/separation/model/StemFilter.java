package io.stemline.separation.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a stem's spectrum is made of the mixture's and a mask.
 *
 * @param kind the method
 * @param iterations how often it improves what it has; 0 for the mixture's phase, which cannot be improved
 * @param residual whether the Wiener filter is to know one more source, of what the stems leave of the mixture, that is
 *     not written: for models whose stems are not all there is. A model that names a remainder needs none
 */
public record StemFilter(
        Kind kind,
        int iterations,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean residual) {

    /** The mask times the mixture's spectrum. */
    public static final StemFilter MIXTURE = new StemFilter(Kind.MIXTURE_PHASE, 0, false);

    private static final int MOST_ITERATIONS = 1_000;

    /** Methods. */
    public enum Kind {
        /** The mixture's phase. */
        @JsonProperty("mixture-phase")
        MIXTURE_PHASE(0),
        /** The multichannel Wiener filter, whose models are learned segment by segment. */
        @JsonProperty("wiener")
        WIENER(1),
        /** The mask times the mixture's magnitude, with phases found by the fast Griffin-Lim algorithm. */
        @JsonProperty("griffin-lim")
        GRIFFIN_LIM(32);

        private final int usualIterations;

        Kind(int usualIterations) {
            this.usualIterations = usualIterations;
        }

        /** The name in model cards and on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * The method of a name.
         *
         * @throws ModelException if there is none
         */
        public static Kind of(String name) {
            var names = Arrays.stream(values()).map(Kind::toString).collect(Collectors.toList());
            Check.oneOf("filter", name, names);
            return values()[names.indexOf(name)];
        }
    }

    public StemFilter {
        Check.present("filter.kind", kind);
        if (kind == Kind.MIXTURE_PHASE) {
            Check.within("filter.iterations", iterations, 0, 0);
        } else {
            Check.within("filter.iterations", iterations, 1, MOST_ITERATIONS);
        }
        Check.that(!residual || kind == Kind.WIENER, "filter.residual", "has a meaning for the wiener filter alone");
    }

    /** A method with as many iterations as it usually has: 1 for the Wiener filter, 32 for Griffin-Lim. */
    public static StemFilter of(Kind kind) {
        return new StemFilter(kind, kind.usualIterations, false);
    }

    @JsonCreator
    static StemFilter read(
            @JsonProperty("kind") Kind kind,
            @JsonProperty("iterations") Integer iterations,
            @JsonProperty("residual") boolean residual) {
        Check.present("filter.kind", kind);
        return new StemFilter(kind, iterations == null ? kind.usualIterations : iterations, residual);
    }

    public StemFilter withIterations(int iterations) {
        return new StemFilter(kind, iterations, residual);
    }

    public StemFilter withResidual(boolean residual) {
        return new StemFilter(kind, iterations, residual);
    }
}
