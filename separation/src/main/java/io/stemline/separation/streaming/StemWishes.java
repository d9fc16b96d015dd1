package io.stemline.separation.streaming;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which stems a caller wants, and in which form.
 *
 * @param only the one stem that is wanted, beside everything else as a second: {@code accompaniment} beside {@code vocals},
 *     {@code no_drums} beside {@code drums}. The two add up to the mixture. Empty for all stems of the model
 * @param residual whether what the stems leave of the mixture becomes a stem named {@value #RESIDUAL}; there is none where the
 *     stems add up anyway
 * @param sampleRateHz rate of the stems; empty for the mixture's
 * @param clipping what is done to stems that are louder than full scale
 */
public record StemWishes(Optional<String> only, boolean residual, OptionalInt sampleRateHz, Clipping clipping) {

    /** The stem of what the others leave of the mixture. */
    public static final String RESIDUAL = "residual";

    /** All stems of the model, at the mixture's rate, as loud as they come. */
    public static final StemWishes ALL = new StemWishes(Optional.empty(), false, OptionalInt.empty(), Clipping.NONE);

    /**
     * @throws IllegalArgumentException if the rate is out of range
     */
    public StemWishes {
        if (sampleRateHz.isPresent() && (sampleRateHz.getAsInt() < 1_000 || sampleRateHz.getAsInt() > 768_000)) {
            throw new IllegalArgumentException(
                    "'sampleRateHz' must be between 1000 and 768000, and is " + sampleRateHz.getAsInt());
        }
    }

    public StemWishes withOnly(String stem) {
        return new StemWishes(Optional.of(stem), residual, sampleRateHz, clipping);
    }

    public StemWishes withResidual(boolean residual) {
        return new StemWishes(only, residual, sampleRateHz, clipping);
    }

    public StemWishes withSampleRateHz(int sampleRateHz) {
        return new StemWishes(only, residual, OptionalInt.of(sampleRateHz), clipping);
    }

    public StemWishes withClipping(Clipping clipping) {
        return new StemWishes(only, residual, sampleRateHz, clipping);
    }

    /** What the second of two stems is called. */
    static String restOf(String stem) {
        return stem.equals("vocals") ? "accompaniment" : "no_" + stem;
    }
}
