package io.stemline.training.songs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** One device in a part's channel of the mixing desk. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "effect")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Effect.Equaliser.class, name = "equaliser"),
    @JsonSubTypes.Type(value = Effect.Band.class, name = "band"),
    @JsonSubTypes.Type(value = Effect.Saturation.class, name = "saturation"),
    @JsonSubTypes.Type(value = Effect.Compression.class, name = "compression"),
    @JsonSubTypes.Type(value = Effect.Echo.class, name = "echo"),
    @JsonSubTypes.Type(value = Effect.Ducking.class, name = "ducking"),
    @JsonSubTypes.Type(value = Effect.Reverb.class, name = "reverb")
})
public sealed interface Effect {

    /** Gains at fixed frequencies, spread evenly over the octaves from 80 Hz to 12 kHz. */
    record Equaliser(List<Double> gainsDb) implements Effect {
        public Equaliser {
            gainsDb = List.copyOf(gainsDb);
        }
    }

    /** What is below the one frequency and above the other is taken away, by 12 dB an octave. */
    record Band(double lowestHz, double highestHz) implements Effect {}

    /** A soft limit: tanh, driven this hard. */
    record Saturation(double driveDb) implements Effect {}

    /** Levels are raised to the power of 1 - amount, relative to the loudest moment. */
    record Compression(double amount, double seconds) implements Effect {}

    /** Repeats that get weaker. */
    record Echo(double delaySeconds, double feedbackDb) implements Effect {}

    /** The level dips at every beat, as if a kick drum pressed it down. */
    record Ducking(double depth, double beats) implements Effect {}

    /** A room; the level is that of the room's sound against the dry one. */
    record Reverb(double levelDb, double seconds, double brightnessHz, double preDelaySeconds) implements Effect {}
}
