package io.stemline.training.soundfont;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundFontTest {
    private static final Path FLUID = Path.of("/usr/share/sounds/sf2/FluidR3_GM.sf2");
    private static final int SECOND = 44_100;

    @TempDir
    private Path folder;

    private static SoundFont fluid() {
        assumeTrue(
                Files.exists(FLUID),
                "SKIPPED: " + FLUID + " is absent (Debian package fluid-soundfont-gm); no instrument was tested");
        return SoundFont.open(FLUID);
    }

    private static Sampler sampler(int bank, int program) {
        SoundFont font = fluid();
        return new Sampler(font, font.preset(bank, program).orElseThrow(), 1);
    }

    @Test
    void theInstrumentsOfGeneralMidiAreThere() {
        // When
        SoundFont font = fluid();

        // Then
        for (int program = 0; program < 128; program++) {
            assertThat(font.preset(0, program)).as("program %d", program).isPresent();
        }
        assertThat(font.preset(128, 0).orElseThrow().name()).isEqualTo("Standard");
        assertThat(font.sha256()).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource({
        "0,60", "24,52", "25,64", "27,45", "33,33", "38,40", "40,76", "48,60", "61,55", "65,58", "73,79", "80,69"
    })
    void anInstrumentSoundsThePitchOfTheKey(int program, int key) {
        // When
        float[][] sound = sampler(0, program).play(key, 0, 100, 2 * SECOND, 2 * SECOND, Sampler.Bend.NONE);

        // Then
        double hertz = 440 * Math.pow(2, (key - 69) / 12.0);
        assertThat(1200 / Math.log(2) * Math.log(fundamentalHz(sound, SECOND / 2, hertz) / hertz))
                .isCloseTo(0, within(25.0));
    }

    @Test
    void aBendMovesThePitchByItsCents() {
        // When
        float[][] sound = sampler(0, 80).play(69, 0, 100, 2 * SECOND, 2 * SECOND, seconds -> 200);

        // Then
        assertThat(fundamentalHz(sound, SECOND / 2, 493.88)).isCloseTo(493.88, within(6.0));
    }

    @Test
    void aNoteFadesAfterItWasLetGoAndAHeldOneGoesOn() {
        // Given
        Sampler organ = sampler(0, 19);

        // When
        float[][] shortNote = organ.play(60, 0, 100, SECOND, 6 * SECOND, Sampler.Bend.NONE);
        float[][] longNote = organ.play(60, 0, 100, 6 * SECOND, 6 * SECOND, Sampler.Bend.NONE);

        // Then
        assertThat(level(longNote, 5 * SECOND)).isGreaterThan(0.2 * level(longNote, SECOND / 2));
        assertThat(shortNote[0].length).isLessThan(4 * SECOND);
        assertThat(level(shortNote, shortNote[0].length - 2000)).isLessThan(0.05 * level(shortNote, SECOND / 2));
    }

    @Test
    void aHarderNoteIsLouder() {
        // Given
        Sampler piano = sampler(0, 0);

        // When
        double soft = level(piano.play(60, 0, 40, SECOND, SECOND, Sampler.Bend.NONE), 2000);
        double hard = level(piano.play(60, 0, 120, SECOND, SECOND, Sampler.Bend.NONE), 2000);

        // Then
        assertThat(hard).isGreaterThan(2 * soft);
    }

    @Test
    void everyInstrumentPlaysNumbersThatAreNotAllZero() {
        // Given
        SoundFont font = fluid();
        for (Preset preset : font.presets()) {
            // When
            int key = preset.isDrumKit() ? 38 : 48;
            float[][] sound = new Sampler(font, preset, 1).play(key, 0, 100, SECOND / 4, SECOND / 2, Sampler.Bend.NONE);

            // Then
            double energy = 0;
            for (int i = 0; i < sound[0].length; i++) {
                energy += sound[0][i] * sound[0][i] + sound[1][i] * sound[1][i];
            }
            assertThat(energy).as(preset.name()).isFinite().isPositive();
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path absent = folder.resolve("absent.sf2");
        assertThatThrownBy(() -> SoundFont.open(absent))
                .isInstanceOf(SoundFontException.class)
                .hasMessage(absent + ": there is no such sound font");
    }

    @Test
    void aFileThatIsNoSoundFontIsNamed() throws IOException {
        // Given
        Path text = Files.writeString(folder.resolve("text.sf2"), "These are words, and not a sound font.");

        // Then
        assertThatThrownBy(() -> SoundFont.open(text))
                .isInstanceOf(SoundFontException.class)
                .hasMessageContaining("text.sf2: not a SoundFont 2 file");
    }

    @Test
    void aFileThatEndsTooSoonIsNamed() throws IOException {
        // Given
        fluid();
        Path half = folder.resolve("half.sf2");
        try (var in = Files.newInputStream(FLUID)) {
            Files.write(half, in.readNBytes(1 << 20));
        }

        // Then
        assertThatThrownBy(() -> SoundFont.open(half))
                .isInstanceOf(SoundFontException.class)
                .hasMessageContaining("half.sf2: not a whole SoundFont 2 file");
    }

    private static double level(float[][] sound, int from) {
        double sum = 0;
        for (int i = from; i < from + 2000; i++) {
            sum += sound[0][i] * sound[0][i] + sound[1][i] * sound[1][i];
        }
        return Math.sqrt(sum);
    }

    /** The lag of the highest autocorrelation within a minor third of the expected pitch, refined by a parabola. */
    private static double fundamentalHz(float[][] sound, int from, double expectedHz) {
        int shortest = (int) (SECOND / expectedHz / 1.19);
        int longest = (int) (SECOND / expectedHz * 1.19) + 1;
        double[] correlation = new double[longest + 2];
        int best = shortest;
        for (int lag = shortest - 1; lag <= longest + 1; lag++) {
            for (int i = from; i < from + SECOND / 2; i++) {
                double here = sound[0][i] + sound[1][i];
                correlation[lag] += here * (sound[0][i + lag] + sound[1][i + lag]);
            }
            if (lag >= shortest && lag <= longest && correlation[lag] > correlation[best]) {
                best = lag;
            }
        }
        double before = correlation[best - 1];
        double after = correlation[best + 1];
        double offset = 0.5 * (before - after) / (before - 2 * correlation[best] + after);
        return SECOND / (best + offset);
    }
}
