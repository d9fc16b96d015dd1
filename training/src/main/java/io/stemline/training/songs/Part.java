package io.stemline.training.songs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One musician of a song: what is played, how it sounds, and where it goes in the mix. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "part")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Part.Drums.class, name = "drums"),
    @JsonSubTypes.Type(value = Part.Bass.class, name = "bass"),
    @JsonSubTypes.Type(value = Part.Chords.class, name = "chords"),
    @JsonSubTypes.Type(value = Part.Lead.class, name = "lead"),
    @JsonSubTypes.Type(value = Part.Vocals.class, name = "vocals")
})
public sealed interface Part {

    /** The part's name, unique in its song; sections list the parts that play by name. */
    String name();

    /** Seed of everything about the part that the recipe does not spell out. */
    long seed();

    Channel channel();

    /** The stem that the part belongs to. */
    default Stem stem() {
        return switch (this) {
            case Drums drums -> Stem.DRUMS;
            case Bass bass -> Stem.BASS;
            case Chords chords -> Stem.OTHER;
            case Lead lead -> Stem.OTHER;
            case Vocals vocals -> Stem.VOCALS;
        };
    }

    record Drums(String name, long seed, Kit kit, Groove groove, double fills, Channel channel) implements Part {}

    record Bass(String name, long seed, BassSound sound, BassLine line, Channel channel) implements Part {}

    record Chords(String name, long seed, ChordSound sound, ChordFigure figure, int lowestPitch, Channel channel)
            implements Part {}

    record Lead(String name, long seed, LeadSound sound, int lowestPitch, Channel channel) implements Part {}

    record Vocals(String name, long seed, Voice voice, int doubles, int harmonies, Channel channel) implements Part {}

    /** The way the drums are built. */
    enum Kit {
        ACOUSTIC,
        ELECTRONIC,
        HYBRID,
        PERCUSSION
    }

    /** What the drums play in a bar. */
    enum Groove {
        ROCK,
        POP,
        FOUR_ON_THE_FLOOR,
        BREAKBEAT,
        HALF_TIME,
        SYNCOPATED
    }

    /** How the bass sounds. */
    enum BassSound {
        PLUCKED,
        PICKED,
        SAW,
        SQUARE,
        TRIANGLE,
        FM,
        SUB
    }

    /** What the bass plays. */
    enum BassLine {
        EIGHTHS,
        QUARTERS,
        HELD,
        SYNCOPATED,
        OCTAVES,
        WITH_THE_KICK,
        WALKING
    }

    /** How chords sound. */
    enum ChordSound {
        ELECTRIC_PIANO,
        PIANO,
        BELLS,
        ORGAN,
        STRINGS,
        BRASS,
        PLUCKED_GUITAR,
        DISTORTED_GUITARS,
        SAW_PAD,
        SYNTH_STABS
    }

    /** How chords are broken up in time. */
    enum ChordFigure {
        HELD,
        BLOCKS,
        STABS,
        STRUMMED,
        ARPEGGIO
    }

    /** How a melody instrument sounds. */
    enum LeadSound {
        SAW_SYNTH,
        SQUARE_SYNTH,
        CLEAN_GUITAR,
        DISTORTED_GUITAR,
        FLUTE,
        BOWED,
        REED,
        WHISTLE
    }

    /**
     * A singer's instrument and habits.
     *
     * @param lowestPitch the lowest pitch the melody uses
     * @param range semitones above it
     * @param tract scale of the formants: about 0.9 a large man, 1.3 a small woman
     * @param effort 0 soft and dark to 1 loud and bright
     * @param breathiness 0 to 1
     * @param vibratoHz speed of the vibrato
     * @param vibratoSemitones its depth when it has set in
     * @param vibratoDelaySeconds when it sets in on a held note
     * @param glideSeconds how long the voice takes from note to note
     * @param scoops share of notes that are sung into from below
     * @param consonants share of syllables that start with a consonant
     * @param wordiness share of short notes: 0 a ballad, 1 nearly speech
     */
    record Voice(
            int lowestPitch,
            int range,
            double tract,
            double effort,
            double breathiness,
            double vibratoHz,
            double vibratoSemitones,
            double vibratoDelaySeconds,
            double glideSeconds,
            double scoops,
            double consonants,
            double wordiness) {}
}
