package io.stemline.training.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
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
                SongRecipe.FORMAT_VERSION,
                0,
                "A",
                "B",
                4 * 44_100,
                120,
                4,
                0,
                cMajor,
                List.of(section),
                List.of(),
                0,
                Map.of());
    }
}
