package io.stemline.training.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.audio.Resampler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The speech is spoken by {@link Singer}, so that its pitch, its vowels and its pauses are known. */
class SpeechTest {
    private static final Duration LENGTH = Duration.ofSeconds(4);
    private static final int SPOKEN_PITCH = 45;
    private static final int LENGTH_FRAMES = 1 << 16;

    @TempDir
    Path folder;

    @Test
    void aSyllableIsFoundForEveryVowelAtItsPitch() {
        // When
        SpokenText text = SpeechAnalysis.of(spoken(Singers.A), 44_100).orElseThrow();

        // Then
        assertThat(text.syllables()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            SpokenText.SpokenSyllable syllable = text.syllables().get(i);
            assertThat(syllable.voiced() / 44_100.0).isCloseTo(0.5 + i, within(0.1));
            assertThat(syllable.unvoiced() / 44_100.0).isCloseTo(0.8 + i, within(0.1));
            assertThat(syllable.steadyFrom()).isBetween(syllable.voiced(), syllable.steadyTo());
        }
        int[] distances = new int[text.marks().length - 1];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = text.marks()[i + 1] - text.marks()[i];
        }
        Arrays.sort(distances);
        assertThat(44_100.0 / distances[distances.length / 2]).isCloseTo(Decibel.hertz(SPOKEN_PITCH), within(2.0));
    }

    @ParameterizedTest
    @CsvSource({"40, 0, 1", "52, 0, 1", "57, 9, 1.2", "45, 9, 0.9"})
    void spokenVowelsAreSungOnTheMelodysPitchWithTheirFormants(int pitch, int vowel, double scale) {
        // Given
        SpokenText text =
                SpeechAnalysis.of(spoken(Syllable.VOWELS.get(vowel)), 44_100).orElseThrow();
        Note held = new Note(0, 7, pitch, 0.9);
        List<Syllable> words = List.of(Singers.vowel(held, Singers.I));
        Part.Timbre.Spoken timbre = new Part.Timbre.Spoken("", scale, 0, 0);

        // When
        float[] sung =
                new SpeechSinger(text, timbre, Singers.voice(0.7), Singers.seconds(4), words).sing(words, new Dice(1));

        // Then
        double hertz = Decibel.hertz(pitch);
        Spectrum spectrum = Spectrum.of(sung, 22_050, LENGTH_FRAMES);
        assertThat(spectrum.peakHz(hertz * 0.75, hertz * 1.4)).isCloseTo(hertz, within(Math.max(0.8, hertz * 0.006)));
        double[] formants = Syllable.VOWELS.get(vowel);
        for (int formant = 0; formant < 2; formant++) {
            double expected = formants[formant] * scale;
            assertThat(spectrum.peakHz(expected * 0.8, expected * 1.25))
                    .as("formant %d", formant + 1)
                    .isCloseTo(expected, within(hertz / 2 + 40));
        }
    }

    @Test
    void consonantsBeforeTheVowelSoundBeforeTheBeat() {
        // Given
        SpokenText text = SpeechAnalysis.of(spoken(Singers.A), 44_100).orElseThrow();
        List<Syllable> words = List.of(Singers.vowel(new Note(4, 2, 50, 0.9), Singers.A));

        // When
        float[] sung = new SpeechSinger(
                        text, new Part.Timbre.Spoken("", 1, 0, 0), Singers.voice(0.7), Singers.seconds(4), words)
                .sing(words, new Dice(1));

        // Then
        Spectrum hiss = Spectrum.of(sung, 88_200 - 5_000, 4_096);
        assertThat(hiss.share(4_000, 22_050)).isGreaterThan(0.8);
        Spectrum vowel = Spectrum.of(sung, 88_200 + 4_000, 16_384);
        assertThat(vowel.share(50, 4_000)).isGreaterThan(0.9);
        assertThat(MixingDesk.rms(Arrays.copyOf(sung, 60_000))).isLessThan(1e-6);
    }

    @Test
    void speechOfALowSampleRateGetsATopToItsConsonants() {
        // Given
        float[] spoken = spoken(Singers.A);
        AudioBuffer mono = new AudioBuffer(new AudioFormat(44_100, 1), new float[][] {spoken});
        float[] dull =
                Resampler.resample(Resampler.resample(mono, 16_000), 44_100).channel(0);

        // When
        float[] whole = SpeechAnalysis.of(dull, 16_000).orElseThrow().sound();

        // Then
        int hissFrom = (int) (0.5 * 44_100) - 4_200;
        Spectrum before = Spectrum.of(dull, hissFrom, 4_096);
        Spectrum after = Spectrum.of(whole, hissFrom, 4_096);
        assertThat(before.share(8_500, 22_050)).isLessThan(0.01);
        assertThat(after.share(8_500, 22_050)).isBetween(0.03, 0.8);
    }

    @Test
    void aboutEveryThirdSingerBorrowsAVoiceAndTheOthersStayAsTheyWere() throws Exception {
        // Given
        Path file = write("slt/1.wav", Singers.A);
        Speech speech = Speech.open(folder);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));

        // When
        int singers = 0;
        int borrowed = 0;
        for (int seed = 0; seed < 300; seed++) {
            SongRecipe without = new SongGenerator().compose(seed, LENGTH);
            SongRecipe with = new SongGenerator(SoundFonts.none(), speech).compose(seed, LENGTH);
            for (Part part : with.parts()) {
                if (part instanceof Part.Vocals vocals) {
                    singers++;
                    if (vocals.timbre() instanceof Part.Timbre.Spoken spoken) {
                        borrowed++;
                        assertThat(spoken.sha256()).isEqualTo(sha256);
                    } else {
                        assertThat(with).isEqualTo(without);
                    }
                }
            }
        }

        // Then
        assertThat(speech.recordings()).isEqualTo(1);
        assertThat((double) borrowed / singers).isBetween(0.25, 0.42);
    }

    @Test
    void aRecipeSurvivesJsonAndSoundsTheSameWhereverTheRecordingLies() throws Exception {
        // Given
        Path file = write("one.wav", Singers.A);
        SongRecipe recipe = borrowing(Speech.open(folder));
        ObjectMapper json = new ObjectMapper();
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));

        // When
        Song first = new SongGenerator(SoundFonts.none(), Speech.open(folder)).render(recipe);
        Files.move(file, elsewhere.resolve("other name.WAV"));
        SongRecipe read = json.readValue(json.writeValueAsBytes(recipe), SongRecipe.class);
        Song second = new SongGenerator(SoundFonts.none(), Speech.open(elsewhere)).render(read);

        // Then
        assertThat(read).isEqualTo(recipe);
        assertThat(Arrays.deepEquals(
                        second.stems().get(Stem.VOCALS), first.stems().get(Stem.VOCALS)))
                .isTrue();
        assertThat(MixingDesk.rms(first.stems().get(Stem.VOCALS)[0])).isGreaterThan(0.001);
    }

    @Test
    void aSongWhoseSpeechIsNotGivenIsRefusedByItsHash() {
        // Given
        write("one.wav", Singers.A);
        SongRecipe recipe = borrowing(Speech.open(folder));

        // Then
        assertThatThrownBy(() -> new SongGenerator().render(recipe))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("not among the 0 given");
    }

    @Test
    void foldersAndFilesThatCannotServeAreRefusedByName() throws Exception {
        // Given
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path silent = Files.createDirectories(folder.resolve("silent"));
        AudioFiles.write(
                silent.resolve("pause.wav"), AudioBuffer.silence(new AudioFormat(16_000, 1), 32_000), Encoding.WAV_16);
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("text.wav"), "this is not a sound");

        // Then
        assertThatThrownBy(() -> Speech.open(empty))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> Speech.open(folder.resolve("nowhere")))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> new SongGenerator(SoundFonts.none(), Speech.open(silent))
                        .render(borrowing(Speech.open(silent))))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("pause.wav: nothing is said in it");
        assertThatThrownBy(() -> new SongGenerator(SoundFonts.none(), Speech.open(broken))
                        .render(borrowing(Speech.open(broken))))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("text.wav: cannot be used as speech");
    }

    /** The first song in which somebody sings with a borrowed voice. */
    private static SongRecipe borrowing(Speech speech) {
        for (int seed = 0; ; seed++) {
            SongRecipe recipe = new SongGenerator(SoundFonts.none(), speech).compose(seed, LENGTH);
            for (Part part : recipe.parts()) {
                boolean sings = recipe.form().stream().anyMatch(section -> section.has(part));
                if (sings && part instanceof Part.Vocals vocals && vocals.timbre() instanceof Part.Timbre.Spoken) {
                    return recipe;
                }
            }
        }
    }

    private Path write(String name, double[] vowel) {
        Path file = folder.resolve(name);
        file.getParent().toFile().mkdirs();
        AudioBuffer mono = new AudioBuffer(new AudioFormat(44_100, 1), new float[][] {spoken(vowel)});
        AudioFiles.write(file, mono, Encoding.WAV_16);
        return file;
    }

    /** One syllable with an S at its beginning every second, 0.3 s long, without other habits. */
    private static float[] spoken(double[] vowel) {
        List<Syllable> words = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Note note = new Note(1 + 2 * i, 0.6, SPOKEN_PITCH, 0.9);
            words.add(new Syllable(note, false, Consonant.S, vowel, vowel, Consonant.NONE));
        }
        return Singer.sing(words, Singers.voice(0.7), new Part.Timbre.Cascade(), Singers.seconds(5), new Dice(3));
    }
}
