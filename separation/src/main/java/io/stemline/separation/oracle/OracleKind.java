package io.stemline.separation.oracle;

import io.stemline.separation.SeparationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Oracles, as sigsep-mus-oracle defines them: x is the mixture's spectrum, y_j the spectrum of the true source j. */
public enum OracleKind {
    /** Ideal binary mask: all of a bin where |y_j| is at least half of |x|, else nothing. */
    IBM,
    /** Ideal ratio mask of magnitudes: |y_j| / sum |y_k|. */
    IRM1,
    /** Ideal ratio mask of powers: |y_j|^2 / sum |y_k|^2. */
    IRM2,
    /**
     * Multichannel Wiener filter, with the true powers and with spatial covariances learned of the true sources over the whole
     * track. Of one or two channels.
     */
    MWF;

    /** The name in folders and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The oracle of a name.
     *
     * @throws SeparationException if there is none
     */
    public static OracleKind of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new SeparationException("there is no oracle '" + name + "'; there are: "
                        + Arrays.stream(values()).map(OracleKind::toString).collect(Collectors.joining(", "))));
    }
}
