package io.stemline.separation.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalDouble;

/**
 * What is done to a stem's mask after the network.
 *
 * @param maskExponent the mask is raised to this power; above 1 sharpens, below 1 softens
 * @param lowestFrequencyHz the mask is zero below this frequency
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StemRule(OptionalDouble maskExponent, OptionalDouble lowestFrequencyHz) {

    public StemRule {
        maskExponent = maskExponent == null ? OptionalDouble.empty() : maskExponent;
        lowestFrequencyHz = lowestFrequencyHz == null ? OptionalDouble.empty() : lowestFrequencyHz;
        Check.that(
                maskExponent.isEmpty() || (maskExponent.getAsDouble() > 0 && maskExponent.getAsDouble() <= 16),
                "stemRules.maskExponent",
                "must be above 0 and at most 16");
        Check.that(
                lowestFrequencyHz.isEmpty()
                        || (lowestFrequencyHz.getAsDouble() >= 0 && lowestFrequencyHz.getAsDouble() <= 1e6),
                "stemRules.lowestFrequencyHz",
                "must be between 0 and 1000000");
    }
}
