package io.stemline.training.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingerTest {
    private static final int LENGTH = 1 << 16;
    private static final Note LONG = new Note(0, 7, 45, 0.9);
    private static final Part.Timbre.Synthesised CASCADE = new Part.Timbre.Cascade();

    @ParameterizedTest
    @ValueSource(ints = {36, 45, 57, 64, 72, 79})
    void aSingerSingsTheMelodysPitch(int pitch) {
        // Given
        Note note = new Note(0, 7, pitch, 0.9);

        // When
        float[] sung = sing(Singers.voice(0.7), Singers.vowel(note, Singers.A));

        // Then
        double hertz = Decibel.hertz(pitch);
        Spectrum spectrum = Spectrum.of(sung, 22_050, LENGTH);
        assertThat(spectrum.peakHz(hertz * 0.75, hertz * 1.4)).isCloseTo(hertz, within(Math.max(0.8, hertz * 0.006)));
        double harmonics = 0;
        double between = 0;
        for (int h = 1; h <= 6; h++) {
            harmonics += spectrum.energy(hertz * (h - 0.2), hertz * (h + 0.2));
            between += spectrum.energy(hertz * (h + 0.3), hertz * (h + 0.7));
        }
        assertThat(harmonics).isGreaterThan(100 * between);
    }

    /** The formula is Fant's (1997), found from the model itself. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.75, 1.05, 1.5, 1.95})
    void theFirstHarmonicStandsOutAsTheFoldsLoosen(double rd) {
        // Given
        int place = (int) Math.round(GlottalSource.place(rd));
        float[] tone = new float[LENGTH];

        // When
        GlottalSource.shape(place).add(tone, LENGTH, 200, 0, 1);

        // Then
        assertThat(firstOverSecondDb(tone, 200)).isCloseTo(-7.6 + 11.1 * rd, within(1.5));
    }

    @Test
    void aSoftVoiceHasAStrongFundamentalAndABeltedOneAStrongTop() {
        // Given
        Note note = new Note(0, 7, 55, 0.9);

        // When
        float[] belted = sing(Singers.voice(0.4), Singers.vowel(note, Singers.A));
        float[] soft = sing(Singers.voice(2), Singers.vowel(note, Singers.A));

        // Then
        double hertz = Decibel.hertz(55);
        assertThat(firstOverSecondDb(soft, hertz) - firstOverSecondDb(belted, hertz))
                .isCloseTo(11.1 * 1.6, within(3.0));
        assertThat(Spectrum.of(belted, 22_050, LENGTH).share(2_000, 5_000))
                .isGreaterThan(5 * Spectrum.of(soft, 22_050, LENGTH).share(2_000, 5_000));
    }

    @Test
    void loudNotesAreBrighterThanSoftOnes() {
        // Given
        Part.Larynx dynamic = new Part.Larynx(1.2, 1.5, 90, 0, -60, 0, 0, 0, 0);
        Part.Voice voice = new Part.Voice(40, 12, Singers.THROAT, dynamic, Singers.STEADY, Singers.PLAIN);

        // When
        float[] loud = sing(voice, Singers.vowel(new Note(0, 7, 45, 1), Singers.A));
        float[] soft = sing(voice, Singers.vowel(new Note(0, 7, 45, 0.3), Singers.A));

        // Then
        assertThat(Spectrum.of(loud, 22_050, LENGTH).share(2_000, 8_000))
                .isGreaterThan(5 * Spectrum.of(soft, 22_050, LENGTH).share(2_000, 8_000));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 770, 1250", "2, 1, 300, 2320", "0, 1.2, 924, 1500", "9, 0.9, 513, 1620"})
    void vowelsHaveTheirFormantsScaledToTheSinger(int vowel, double scale, double firstHz, double secondHz) {
        // Given
        Part.Throat throat = new Part.Throat(scale, Singers.THROAT.ownScales(), 0.7, 0, 0, Singers.THROAT.coloursDb());
        Note low = new Note(0, 7, 33, 0.9);

        // When
        float[] sung = sing(Singers.voice(throat), Singers.vowel(low, Syllable.VOWELS.get(vowel)));

        // Then
        Spectrum spectrum = Spectrum.of(sung, 22_050, LENGTH);
        assertThat(spectrum.peakHz(firstHz - 150, firstHz + 150)).isCloseTo(firstHz, within(45.0));
        assertThat(spectrum.peakHz(secondHz - 200, secondHz + 200)).isCloseTo(secondHz, within(60.0));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 770, 1250", "2, 1, 300, 2320", "0, 1.2, 924, 1500"})
    void parallelFormantsLieWhereThoseOfTheCascadeDo(int vowel, double scale, double firstHz, double secondHz) {
        // Given
        Part.Throat throat = new Part.Throat(scale, Singers.THROAT.ownScales(), 0.7, 0, 0, Singers.THROAT.coloursDb());
        Part.Voice voice = Singers.voice(throat);
        Syllable sound = Singers.vowel(new Note(0, 7, 33, 0.9), Syllable.VOWELS.get(vowel));
        var timbre = new Part.Timbre.Parallel(List.of(0.0, 0.0, 0.0, -6.0, -8.0, -11.0, -13.0, -16.0, -60.0));

        // When
        float[] sung = Singer.sing(List.of(sound), voice, timbre, Singers.seconds(4), new Dice(1));

        // Then
        Spectrum spectrum = Spectrum.of(sung, 22_050, LENGTH);
        assertThat(spectrum.peakHz(firstHz - 150, firstHz + 150)).isCloseTo(firstHz, within(45.0));
        assertThat(spectrum.peakHz(secondHz - 200, secondHz + 200)).isCloseTo(secondHz, within(60.0));
    }

    @Test
    void aParallelFormantIsAsLoudAsItsLevel() {
        // Given
        Syllable sound = Singers.vowel(LONG, Singers.A);
        var quiet = new Part.Timbre.Parallel(List.of(0.0, -1.0, -3.0, -6.0, -8.0, -11.0, -13.0, -16.0, -60.0));
        var loud = new Part.Timbre.Parallel(List.of(0.0, -1.0, -3.0, -6.0, -8.0, -11.0, -13.0, -16.0, -10.0));

        // When
        float[] without = Singer.sing(List.of(sound), Singers.voice(0.7), quiet, Singers.seconds(4), new Dice(1));
        float[] with = Singer.sing(List.of(sound), Singers.voice(0.7), loud, Singers.seconds(4), new Dice(1));

        // Then
        double gain = Spectrum.of(with, 22_050, LENGTH).energy(150, 260)
                / Spectrum.of(without, 22_050, LENGTH).energy(150, 260);
        assertThat(10 * Math.log10(gain)).isGreaterThan(3);
        assertThat(Spectrum.of(with, 22_050, LENGTH).energy(2_000, 8_000))
                .isCloseTo(Spectrum.of(without, 22_050, LENGTH).energy(2_000, 8_000), withinPercentage(5));
    }

    @Test
    void aVoiceOfTooFewLevelsIsRefused() {
        // Given
        Syllable sound = Singers.vowel(LONG, Singers.A);
        var timbre = new Part.Timbre.Parallel(List.of(0.0, -1.0));

        // When, Then
        assertThatThrownBy(
                        () -> Singer.sing(List.of(sound), Singers.voice(0.7), timbre, Singers.seconds(4), new Dice(1)))
                .hasMessage("A voice of parallel formants has 9 levels, not 2");
    }

    @Test
    void nearlyAllSingersAreOrdinaryAndTheOthersAreNot() {
        // When
        List<Part.Vocals> cast = IntStream.range(0, 400)
                .mapToObj(seed -> VocalCasting.cast(new Dice(seed), Speech.none()))
                .toList();

        // Then
        assertThat(cast)
                .filteredOn(part -> part.timbre() instanceof Part.Timbre.Cascade)
                .hasSizeBetween(8, 35);
        assertThat(cast)
                .filteredOn(part -> part.voice().diction().changes() == 0
                        && part.voice().throat().nasality() == 0)
                .hasSizeBetween(340, 385);
        assertThat(cast)
                .extracting(part -> part.voice().diction().delivery())
                .contains(Part.Delivery.RAPPED, Part.Delivery.SHOUTED);
    }

    @Test
    void voicesAreLiftedOutOfTheMix() {
        // When
        double[] meanDb = new double[8];
        int singers = 200;
        for (int seed = 0; seed < singers; seed++) {
            var equaliser =
                    (Effect.Equaliser) VocalCasting.cast(new Dice(seed), Speech.none()).channel().effects().stream()
                            .filter(effect -> effect instanceof Effect.Equaliser)
                            .findFirst()
                            .orElseThrow();
            for (int band = 0; band < meanDb.length; band++) {
                meanDb[band] += equaliser.gainsDb().get(band) / singers;
            }
        }

        // Then
        assertThat(meanDb[4] - meanDb[1]).as("1.4 kHz over 164 Hz").isBetween(5.0, 9.0);
    }

    @ParameterizedTest
    @CsvSource({"S, 5000, 11000", "SH, 2000, 6500", "F, 4000, 16000", "TH, 4000, 16000"})
    void fricativesHaveTheirNoiseWhereTheTonguePutsIt(Consonant consonant, double lowestHz, double highestHz) {
        for (int seed = 0; seed < 5; seed++) {
            // When
            float[] sung = sing(
                    Singers.voice(0.7), seed, Singers.syllable(new Note(2, 1, 50, 0.9), consonant, Consonant.NONE));

            // Then
            int vowel = 44_100;
            Spectrum hiss = Spectrum.of(sung, vowel - 4_096, 4_096);
            assertThat(hiss.energy(lowestHz, highestHz) / hiss.energy(1_500, 22_050))
                    .as("seed %d", seed)
                    .isGreaterThan(0.6);
        }
    }

    @Test
    void sibilantsAreStrongAndLipSoundsAreWeak() {
        // When
        double s = 0;
        double f = 0;
        for (int seed = 0; seed < 8; seed++) {
            Note note = new Note(2, 1, 50, 0.9);
            s += hissLevel(sing(Singers.voice(0.7), seed, Singers.syllable(note, Consonant.S, Consonant.NONE)));
            f += hissLevel(sing(Singers.voice(0.7), seed, Singers.syllable(note, Consonant.F, Consonant.NONE)));
        }

        // Then
        assertThat(20 * Math.log10(s / f)).isBetween(8.0, 26.0);
    }

    @Test
    void nasalsLeaveTheLowestHarmonicsAndTakeTheOthers() {
        // When
        float[] sung = sing(Singers.voice(0.7), Singers.syllable(LONG, Consonant.NONE, Consonant.M));

        // Then
        Spectrum vowel = Spectrum.of(sung, 44_100, 4_096);
        Spectrum murmur = Spectrum.of(sung, (int) (3.5 * 44_100) - 3_000, 2_048);
        assertThat(murmur.share(50, 400)).isGreaterThan(0.8);
        assertThat(vowel.share(50, 400)).isLessThan(0.5);
    }

    @Test
    void plosivesAreSilentBeforeTheirBurst() {
        // When
        float[] sung = sing(
                Singers.voice(0.7),
                Singers.vowel(new Note(0, 2, 50, 0.9), Singers.A),
                Singers.syllable(new Note(2, 2, 50, 0.9), Consonant.T, Consonant.NONE));

        // Then
        double quietest = 1;
        for (int from = 40_000; from < 46_000; from += 220) {
            quietest = Math.min(quietest, rms(sung, from, from + 440));
        }
        assertThat(quietest).isLessThan(0.05 * rms(sung, 20_000, 30_000));
    }

    @Test
    void betweenLinesThereIsSilence() {
        // When
        float[] sung = sing(
                Singers.voice(0.7),
                Singers.vowel(new Note(0, 2, 50, 0.9), Singers.A),
                Singers.vowel(new Note(5, 2, 50, 0.9), Singers.A));

        // Then
        assertThat(rms(sung, 10_000, 40_000)).isGreaterThan(0.1);
        assertThat(rms(sung, 55_000, 108_000)).isLessThan(1e-6);
    }

    @Test
    void aBreathIsHeardBeforeTheLine() {
        // Given
        Part.Diction breathing = new Part.Diction(Part.Delivery.SUNG, 0, 0, 0.2, 0, 1);
        Part.Voice voice = new Part.Voice(40, 12, Singers.THROAT, Singers.larynx(0.7), Singers.STEADY, breathing);

        // When
        float[] sung = sing(voice, Singers.vowel(new Note(4, 2, 50, 0.9), Singers.A));

        // Then
        double breathDb = 20 * Math.log10(rms(sung, 60_000, 86_000) / rms(sung, 95_000, 110_000));
        assertThat(breathDb).isBetween(-60.0, -12.0);
        assertThat(Spectrum.of(sung, 60_000, 26_000).share(1_000, 22_050)).isGreaterThan(0.3);
    }

    @Test
    void vibratoSetsInLateAtItsSpeedAndDepth() {
        // Given
        Part.Pitching vibrating = new Part.Pitching(5.5, 0.5, 0.4, 0, 0.04, 1, 0, 0, 0, 0, 0);
        List<Line> lines = lines(Singers.voice(vibrating), Singers.vowel(LONG, Singers.A));

        // When
        float[] pitch = SungPitch.of(lines, vibrating, Singers.seconds(4), new Dice(3)).midi;

        // Then
        double early = spread(pitch, 20, 150);
        double late = spread(pitch, 800, 2_000);
        assertThat(early).isLessThan(0.4);
        assertThat(late).isBetween(0.35, 1.9);
        int turns = 0;
        for (int i = 801; i < 2_000; i++) {
            turns += (pitch[i - 1] < 45) != (pitch[i] < 45) ? 1 : 0;
        }
        assertThat(turns / 2.0 / (1_200 * 64 / 44_100.0)).isBetween(4.5, 7.0);
    }

    @Test
    void aPitchCorrectorTakesAwayWhatTheSingerDid() {
        // Given
        Part.Pitching loose = new Part.Pitching(5.5, 0.8, 0.1, 0, 0.1, 0.6, 1, 0.5, 0.3, 0.3, 0);
        Part.Pitching corrected = new Part.Pitching(5.5, 0.8, 0.1, 0, 0.1, 0.6, 1, 0.5, 0.3, 0.3, 1);

        // When
        List<Line> lines = lines(Singers.voice(loose), Singers.vowel(LONG, Singers.A));
        float[] free = SungPitch.of(lines, loose, Singers.seconds(4), new Dice(4)).midi;
        float[] straight = SungPitch.of(lines, corrected, Singers.seconds(4), new Dice(4)).midi;

        // Then
        assertThat(spread(free, 0, 2_000)).isGreaterThan(0.8);
        assertThat(spread(straight, 0, 2_000)).isLessThan(1e-4);
    }

    @Test
    void aWhisperHasNoTone() {
        // Given
        Part.Diction whispering = new Part.Diction(Part.Delivery.WHISPERED, 0, 0, 0.2, 0, 0);
        Part.Voice voice = new Part.Voice(40, 12, Singers.THROAT, Singers.larynx(0.7), Singers.STEADY, whispering);

        // When
        float[] sung = sing(voice, Singers.vowel(LONG, Singers.A));

        // Then
        assertThat(rms(sung, 30_000, 90_000)).isGreaterThan(0.01);
        assertThat(Spectrum.of(sung, 22_050, LENGTH).share(50, 250)).isLessThan(0.05);
    }

    @Test
    void theSameDiceSingTheSameAndOthersDoNot() {
        // Given
        Part.Voice voice = VocalCasting.cast(new Dice(5), Speech.none()).voice();
        List<Syllable> words = words(voice);

        // When
        float[] first = Singer.sing(words, voice, CASCADE, Singers.seconds(4), new Dice(1));
        float[] second = Singer.sing(words, voice, CASCADE, Singers.seconds(4), new Dice(1));
        float[] other = Singer.sing(words, voice, CASCADE, Singers.seconds(4), new Dice(2));

        // Then
        assertThat(first).isEqualTo(second);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void everyVoiceThatIsCastSingsWithoutTrouble() {
        for (int seed = 0; seed < 60; seed++) {
            // Given
            Part.Vocals part = VocalCasting.cast(new Dice(seed), Speech.none());
            Part.Timbre.Synthesised timbre = (Part.Timbre.Synthesised) part.timbre();

            // When
            float[] sung = Singer.sing(words(part.voice()), part.voice(), timbre, Singers.seconds(4), new Dice(seed));

            // Then
            double level = rms(sung, 0, sung.length);
            assertThat(level).as("seed %d", seed).isBetween(0.01, 1.5);
            double peak = 0;
            for (float value : sung) {
                peak = Math.max(peak, Math.abs(value));
            }
            assertThat(peak).as("seed %d", seed).isLessThan(25 * level);
        }
    }

    private static List<Syllable> words(Part.Voice voice) {
        List<Note> melody = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            melody.add(new Note(i, 0.9 + 0.1 * (i % 2), voice.lowestPitch() + i, 0.8));
        }
        return Syllable.underlay(melody, voice.diction(), new Dice(7));
    }

    private static float[] sing(Part.Voice voice, Syllable... syllables) {
        return sing(voice, 1, syllables);
    }

    private static float[] sing(Part.Voice voice, int seed, Syllable... syllables) {
        return Singer.sing(Arrays.asList(syllables), voice, CASCADE, Singers.seconds(4), new Dice(seed));
    }

    private static List<Line> lines(Part.Voice voice, Syllable... syllables) {
        return Line.of(Arrays.asList(syllables), voice, Singers.seconds(4), new Dice(2));
    }

    private static double firstOverSecondDb(float[] tone, double hertz) {
        Spectrum spectrum = Spectrum.of(tone, 22_050, LENGTH / 2);
        double first = spectrum.energy(hertz * 0.9, hertz * 1.1);
        double second = spectrum.energy(hertz * 1.9, hertz * 2.1);
        return 10 * Math.log10(first / second);
    }

    private static double hissLevel(float[] sung) {
        return Math.sqrt(Spectrum.of(sung, 40_000, 4_096).energy(2_500, 22_050));
    }

    private static double spread(float[] curve, int from, int to) {
        double lowest = Double.MAX_VALUE;
        double highest = -Double.MAX_VALUE;
        for (int i = from; i < to; i++) {
            lowest = Math.min(lowest, curve[i]);
            highest = Math.max(highest, curve[i]);
        }
        return highest - lowest;
    }

    private static double rms(float[] sound, int from, int to) {
        return MixingDesk.rms(Arrays.copyOfRange(sound, from, to));
    }
}
