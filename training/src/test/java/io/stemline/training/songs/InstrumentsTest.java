package io.stemline.training.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstrumentsTest {
    private static final int LENGTH = 1 << 16;

    @Test
    void aKickDrumIsBelow150Hertz() {
        for (int seed = 0; seed < 10; seed++) {
            // When
            float[] kick = new DrumKit(Part.Kit.ELECTRONIC, seed)
                    .sound(DrumKit.Piece.KICK)
                    .wave();

            // Then
            assertThat(Spectrum.of(kick, 0, LENGTH).share(20, 150))
                    .as("seed %d", seed)
                    .isGreaterThan(0.5);
        }
    }

    @Test
    void aHatIsAbove3000Hertz() {
        for (int seed = 0; seed < 10; seed++) {
            // When
            float[] hat = new DrumKit(Part.Kit.ACOUSTIC, seed)
                    .sound(DrumKit.Piece.CLOSED_HAT)
                    .wave();

            // Then
            assertThat(Spectrum.of(hat, 0, LENGTH).share(3_000, 22_050))
                    .as("seed %d", seed)
                    .isGreaterThan(0.9);
        }
    }

    @ParameterizedTest
    @EnumSource(DrumKit.Piece.class)
    void everyPieceOfTheKitSoundsAndEnds(DrumKit.Piece piece) {
        // When
        float[] wave = new DrumKit(Part.Kit.HYBRID, 3).sound(piece).wave();

        // Then
        assertThat(MixingDesk.rms(wave)).isGreaterThan(0.005);
        assertThat(Math.abs(wave[wave.length - 1])).isLessThan(0.02f);
    }

    @Test
    void aPluckedStringIsInTune() {
        for (double hertz : new double[] {41.2, 110, 329.63, 880}) {
            // When
            float[] tone = PluckedString.pluck(new Dice(5), LENGTH, hertz, 0.6, 5, 0.3);

            // Then
            double found = Spectrum.of(tone, 2_000, LENGTH / 2).peakHz(hertz * 0.8, hertz * 1.25);
            assertThat(found).isCloseTo(hertz, within(Math.max(1.4, hertz * 0.006)));
        }
    }

    @ParameterizedTest
    @EnumSource(Part.BassSound.class)
    void aBassHasItsFundamentalAndLittleAbove5000Hertz(Part.BassSound sound) {
        // Given
        Note low = new Note(0, 4, 40, 0.9);

        // When
        float[] tone = new BassSynth(sound, new Dice(8)).tone(low, 44_100);

        // Then
        Spectrum spectrum = Spectrum.of(tone, 0, LENGTH);
        assertThat(spectrum.share(35, 900)).isGreaterThan(0.6);
        assertThat(spectrum.share(5_000, 22_050)).isLessThan(0.03);
    }

    @Test
    void aSawToneHasHarmonicsAndNoAliases() {
        // Given
        float[] tone = new float[LENGTH];
        double hertz = 44_100.0 / LENGTH * 3_000;

        // When
        Wavetable.SAW.add(tone, LENGTH, hertz, 0, 1);

        // Then
        Spectrum spectrum = Spectrum.of(tone, 0, LENGTH);
        double harmonics = 0;
        for (int h = 1; h * hertz < 22_050; h++) {
            harmonics += spectrum.energy(h * hertz - 8, h * hertz + 8);
        }
        assertThat(harmonics / spectrum.energy(0, 30_000)).isGreaterThan(0.9999);
    }

    @Test
    void aSingerSingsTheMelodysPitch() {
        for (int pitch : new int[] {45, 57, 64, 72}) {
            // Given
            SongRecipe recipe = fourSeconds();
            Timeline timeline = new Timeline(recipe);
            Note note = new Note(0, 7, pitch, 0.9);
            double[] vowel = Syllable.VOWELS.getFirst();
            Syllable syllable = new Syllable(note, Syllable.Consonant.NONE, vowel, vowel, Syllable.Consonant.NONE);
            Part.Voice voice = new Part.Voice(40, 12, 1.05, 0.6, 0.05, 5.5, 0, 0.3, 0.03, 0, 0, 0.2);

            // When
            float[] sung = Singer.sing(List.of(syllable), voice, timeline, new Dice(pitch));

            // Then
            double hertz = Decibel.hertz(pitch);
            Spectrum spectrum = Spectrum.of(sung, 22_050, LENGTH);
            assertThat(spectrum.peakHz(hertz * 0.75, hertz * 1.4)).isCloseTo(hertz, within(hertz * 0.03));
            double harmonics = 0;
            double between = 0;
            for (int h = 1; h <= 6; h++) {
                harmonics += spectrum.energy(hertz * (h - 0.2), hertz * (h + 0.2));
                between += spectrum.energy(hertz * (h + 0.3), hertz * (h + 0.7));
            }
            assertThat(harmonics).as("pitch %d", pitch).isGreaterThan(30 * between);
        }
    }

    @Test
    void vowelsHaveTheirFormants() {
        // Given
        SongRecipe recipe = fourSeconds();
        Note note = new Note(0, 7, 43, 0.9);
        Part.Voice voice = new Part.Voice(40, 12, 1, 0.6, 0.05, 5.5, 0, 0.3, 0.03, 0, 0, 0.2);

        // When
        Spectrum a = sung(recipe, note, voice, Syllable.VOWELS.get(0));
        Spectrum i = sung(recipe, note, voice, Syllable.VOWELS.get(2));

        // Then
        assertThat(a.energy(650, 1_350) / a.energy(200, 450))
                .isGreaterThan(2 * i.energy(650, 1_350) / i.energy(200, 450));
        assertThat(i.energy(1_950, 2_600)).isGreaterThan(2 * i.energy(1_000, 1_650));
    }

    private static Spectrum sung(SongRecipe recipe, Note note, Part.Voice voice, double[] vowel) {
        Syllable syllable = new Syllable(note, Syllable.Consonant.NONE, vowel, vowel, Syllable.Consonant.NONE);
        float[] sung = Singer.sing(List.of(syllable), voice, new Timeline(recipe), new Dice(1));
        return Spectrum.of(sung, 22_050, LENGTH);
    }

    @ParameterizedTest
    @EnumSource(Part.ChordSound.class)
    void everyChordSoundPlays(Part.ChordSound sound) {
        // Given
        SongRecipe recipe = fourSeconds();
        Timeline timeline = new Timeline(recipe);
        Track track = new Track(timeline.lengthFrames());
        Part.Chords part =
                new Part.Chords("chords", 4, sound, Part.ChordFigure.BLOCKS, 48, new Channel(0, 0, List.of()));

        // When
        Accompanist.play(part, recipe.form(), timeline, track);

        // Then
        assertThat(MixingDesk.rms(track.left)).isGreaterThan(0.003);
        for (float value : track.left) {
            assertThat(Float.isFinite(value)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Part.LeadSound.class)
    void everyLeadSoundPlays(Part.LeadSound sound) {
        // Given
        SongRecipe recipe = fourSeconds();
        Timeline timeline = new Timeline(recipe);
        Track track = new Track(timeline.lengthFrames());

        // When
        LeadPlayer.play(
                new Part.Lead("lead", 9, sound, 55, new Channel(0, 0, List.of())), recipe.form(), timeline, track);

        // Then
        assertThat(MixingDesk.rms(track.left)).isGreaterThan(0.003);
        assertThat(Spectrum.of(track.left, 0, LENGTH).share(150, 22_050)).isGreaterThan(0.7);
    }

    private static SongRecipe fourSeconds() {
        Harmony cMajor = new Harmony(0, List.of(0, 2, 4, 5, 7, 9, 11), List.of(List.of(0, 3, 4, 0)), 4);
        SongRecipe.Section section = new SongRecipe.Section(SongRecipe.Kind.VERSE, 0, 2, 0, List.of("chords", "lead"));
        return new SongRecipe(
                SongRecipe.FORMAT_VERSION, 0, "A", "B", 4 * 44_100, 120, 4, 0, cMajor, List.of(section), List.of(), 0);
    }
}
