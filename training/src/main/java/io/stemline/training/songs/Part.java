package io.stemline.training.songs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

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

    /**
     * Singers.
     *
     * @param doubles how often the lead singer is heard again with the same melody
     * @param harmonies how many sing other notes of the scale to it
     * @param adLibs share of lines that somebody answers
     */
    record Vocals(
            String name,
            long seed,
            Voice voice,
            Timbre timbre,
            int doubles,
            int harmonies,
            double adLibs,
            Channel channel)
            implements Part {}

    /** What a singer's vowels and consonants are made of. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "timbre")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Timbre.Cascade.class, name = "cascade"),
        @JsonSubTypes.Type(value = Timbre.Parallel.class, name = "parallel"),
        @JsonSubTypes.Type(value = Timbre.Spoken.class, name = "spoken")
    })
    sealed interface Timbre {
        /** The voice's throat and larynx, by arithmetic. */
        sealed interface Synthesised extends Timbre {}

        /** Formants one after the other, as loud as the throat makes them. */
        record Cascade() implements Synthesised {}

        /**
         * Formants side by side.
         *
         * @param levelsDb of the six formants, of resonances about 7.2 and 9.5 kHz, and of the chest about 210 Hz
         */
        record Parallel(List<Double> levelsDb) implements Synthesised {
            public Parallel {
                levelsDb = List.copyOf(levelsDb);
            }
        }

        /**
         * A recording of speech; the song cannot be played without it.
         *
         * @param sha256 of the recording's file
         * @param formantScale 1 leaves the speaker's throat as it is, more makes it smaller
         * @param brightnessDb gain above 2.2 kHz
         * @param depthDb gain below 300 Hz
         */
        record Spoken(String sha256, double formantScale, double brightnessDb, double depthDb) implements Timbre {}
    }

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

    /** What a singer does with words. */
    enum Delivery {
        SUNG,
        RAPPED,
        SHOUTED,
        WHISPERED
    }

    /**
     * A singer's instrument and habits.
     *
     * @param lowestPitch the lowest pitch the melody uses
     * @param range semitones above it
     */
    record Voice(int lowestPitch, int range, Throat throat, Larynx larynx, Pitching pitching, Diction diction) {}

    /**
     * What shapes the sound: the same in all takes of a singer.
     *
     * @param scale of all formants: about 0.88 a large man, 1.18 a woman, 1.35 a child
     * @param ownScales of each of the six formants besides
     * @param width of the formants: 1 usual, smaller rings more
     * @param ring 0 to 1, how close together the third to fifth formant are drawn, as trained singers do
     * @param nasality 0 to 1, how far the nose stays open in vowels
     * @param coloursDb gains from 1.8 kHz on, and about 4.3, 6.2, 8.9 and 12.8 kHz, which make every voice its own
     */
    record Throat(
            double scale, List<Double> ownScales, double width, double ring, double nasality, List<Double> coloursDb) {
        public Throat {
            ownScales = List.copyOf(ownScales);
            coloursDb = List.copyOf(coloursDb);
        }
    }

    /**
     * The vocal folds.
     *
     * @param shape Rd of {@link GlottalSource} at medium loudness: 0.4 pressed and bright, 2.5 breathy and dark
     * @param dynamics how much the shape falls from soft to loud
     * @param breakPitch where the head voice begins
     * @param headShape what the shape gains in the head voice: 0 belts, 1.5 falsetto
     * @param breathDb level of the breath in vowels against the tone
     * @param roughness 0 to 1, how unlike every second cycle is
     * @param shimmer deviation of the cycles' levels
     * @param jitter deviation of the cycles' lengths
     * @param fry share of lines that begin with creaks
     */
    record Larynx(
            double shape,
            double dynamics,
            double breakPitch,
            double headShape,
            double breathDb,
            double roughness,
            double shimmer,
            double jitter,
            double fry) {}

    /**
     * What the singer does to the pitch.
     *
     * @param vibratoHz speed of the vibrato
     * @param vibratoSemitones its depth when it has set in
     * @param vibratoDelaySeconds when it sets in on a held note
     * @param tremoloDb how far the loudness moves with it
     * @param glideSeconds how long the voice takes from note to note
     * @param damping of the way to a note: below 1 it overshoots
     * @param scoops share of notes that are sung into from below
     * @param falls share of notes that fall off at the end
     * @param driftSemitones slow wandering
     * @param mistuningSemitones deviation of whole notes
     * @param correction 0 to 1, how much of all this a pitch corrector takes away
     */
    record Pitching(
            double vibratoHz,
            double vibratoSemitones,
            double vibratoDelaySeconds,
            double tremoloDb,
            double glideSeconds,
            double damping,
            double scoops,
            double falls,
            double driftSemitones,
            double mistuningSemitones,
            double correction) {}

    /**
     * Words and lines.
     *
     * @param delivery of most lines
     * @param changes share of lines that are delivered in another way
     * @param consonants share of syllables that start with a consonant
     * @param wordiness share of short notes: 0 a ballad, 1 nearly speech
     * @param melismas share of notes that go on with the vowel before
     * @param breaths share of lines before which the singer is heard to breathe in
     */
    record Diction(
            Delivery delivery, double changes, double consonants, double wordiness, double melismas, double breaths) {}
}
