package io.stemline.separation.oracle;

import static io.stemline.separation.TestAudio.largestDifference;
import static io.stemline.separation.TestAudio.music;
import static io.stemline.separation.TestAudio.scaled;
import static io.stemline.separation.TestAudio.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.separation.SeparationException;
import io.stemline.separation.TestAudio.MemoryStems;
import io.stemline.separation.streaming.StemOutputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OraclesTest {

    private static final AudioFormat STEREO = new AudioFormat(44_100, 2);

    @ParameterizedTest
    @EnumSource(OracleKind.class)
    void tonesThatDoNotOverlapAreToldApart(OracleKind kind) {
        // Given
        var low = tone(400, 1, 0.5, 60_000);
        var high = tone(3_000, 0.5, 1, 60_000);

        // When
        var stems = separate(Map.of("low", low, "high", high), Optional.empty(), kind)
                .get(kind);

        // Then
        assertThat(sdrDb(stems.stem("low"), low.samples())).isGreaterThan(40);
        assertThat(sdrDb(stems.stem("high"), high.samples())).isGreaterThan(40);
    }

    /** Both sources sound in every bin, from different directions: masks cannot tell them apart, the filter can. */
    @Test
    void theWienerFilterKnowsDirections() {
        // Given
        var left = noise(1, 1, 0.1, 88_200);
        var right = noise(2, 0.1, 1, 88_200);

        // When
        var stems = separate(Map.of("left", left, "right", right), Optional.empty(), OracleKind.IRM2, OracleKind.MWF);

        // Then
        double masked = sdrDb(stems.get(OracleKind.IRM2).stem("left"), left.samples());
        double filtered = sdrDb(stems.get(OracleKind.MWF).stem("left"), left.samples());
        assertThat(filtered).isGreaterThan(masked + 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 2048, 10_000})
    void stemsAreAsLongAsTheMixtureAndRatioMasksAddUpToIt(int lengthFrames) {
        // Given
        var one = music(44_100, 2, lengthFrames);
        var other = noise(3, 0.3, 0.2, lengthFrames);

        // When
        var stems = separate(Map.of("one", one, "other", other), Optional.empty(), OracleKind.IRM1)
                .get(OracleKind.IRM1);

        // Then
        var mixture = sum(one, other);
        assertThat(stems.stem("one")).hasDimensions(2, lengthFrames);
        assertThat(largestDifference(stems.sum(), mixture.samples())).isLessThan(1e-6);
    }

    @Test
    void aMixtureThatIsNotTheSumIsTheOneThatIsSeparated() {
        // Given
        var one = tone(400, 1, 1, 30_000);
        var other = tone(3_000, 1, 1, 30_000);
        var mixture = new AudioBuffer(STEREO, scaled(sum(one, other).samples(), 0.5));

        // When
        var stems = separate(Map.of("one", one, "other", other), Optional.of(mixture), OracleKind.IRM2)
                .get(OracleKind.IRM2);

        // Then
        assertThat(sdrDb(stems.stem("one"), scaled(one.samples(), 0.5))).isGreaterThan(40);
    }

    @ParameterizedTest
    @EnumSource(OracleKind.class)
    void silenceAndMonoGiveFiniteStems(OracleKind kind) {
        // Given
        var format = new AudioFormat(8_000, 1);
        var silence = AudioBuffer.silence(format, 5_000);
        var sound = music(8_000, 1, 5_000);

        // When
        var ofSilence = separate(Map.of("a", silence, "b", silence), Optional.empty(), kind)
                .get(kind);
        var ofSound = separate(Map.of("a", sound, "b", silence), Optional.empty(), kind)
                .get(kind);

        // Then
        assertThat(ofSilence.stem("a")[0]).containsOnly(0);
        assertThat(sdrDb(ofSound.stem("a"), sound.samples())).isGreaterThan(60);
        assertThat(ofSound.stem("b")[0]).containsOnly(0);
    }

    @Test
    void signalsThatDoNotFitTogetherAreNamed() {
        // Given
        var one = new OracleSource("drums", "drums.wav", () -> source(music(44_100, 2, 100)));
        var other = new OracleSource("bass", "bass.wav", () -> source(music(48_000, 1, 100)));
        var surround = new OracleSource("bass", "bass.wav", () -> source(music(44_100, 6, 100)));

        // When
        // Then
        assertThatThrownBy(() -> new Oracles(List.of(one), Optional.empty()))
                .isInstanceOf(SeparationException.class)
                .hasMessage("an oracle needs at least two true stems, and there is only drums.wav");
        assertThatThrownBy(() -> new Oracles(List.of(one, other), Optional.empty())
                        .separate(Map.of(OracleKind.IBM, new MemoryStems())))
                .hasMessage(
                        "bass.wav: 48000 Hz and 1 channel, but drums.wav has 44100 Hz and 2 channels; convert one of"
                                + " them");
        assertThatThrownBy(() -> new Oracles(List.of(surround, surround), Optional.empty())
                        .separate(Map.of(OracleKind.MWF, new MemoryStems())))
                .hasMessageContaining("takes one or two channels, not 6; leave out mwf");
        assertThatThrownBy(() -> OracleKind.of("irm3"))
                .hasMessage("there is no oracle 'irm3'; there are: ibm, irm1, irm2, mwf");
    }

    @Test
    void everyOracleIsFarAboveTheMixtureOnAPieceOfMusic() {
        // Given
        var folder = Path.of(System.getProperty("stemline.reference-data", "none"), "fixtures/bss-eval/museval");
        assumeTrue(
                Files.isDirectory(folder), "no reference data at " + folder + ": not tested against a piece of music");
        var names = List.of("vocals", "drums", "bass", "other");
        var references = new LinkedHashMap<String, AudioBuffer>();
        names.forEach(name -> references.put(name, AudioFiles.readAll(folder.resolve("ref_" + name + ".wav"))));
        var mixture = AudioFiles.readAll(folder.resolve("mixture.wav"));

        // When
        var stems = separate(references, Optional.of(mixture), OracleKind.values());

        // Then
        for (var name : names) {
            double ofMixture = sdrDb(mixture.samples(), references.get(name).samples());
            for (var kind : OracleKind.values()) {
                assertThat(sdrDb(
                                stems.get(kind).stem(name), references.get(name).samples()))
                        .as("%s of %s", kind, name)
                        .isGreaterThan(ofMixture + 5);
            }
            assertThat(sdrDb(
                            stems.get(OracleKind.IRM2).stem(name),
                            references.get(name).samples()))
                    .isGreaterThan(sdrDb(
                            stems.get(OracleKind.IBM).stem(name),
                            references.get(name).samples()));
        }
    }

    private static Map<OracleKind, MemoryStems> separate(
            Map<String, AudioBuffer> references, Optional<AudioBuffer> mixture, OracleKind... kinds) {
        var sources = new ArrayList<OracleSource>();
        references.forEach((name, signal) -> sources.add(new OracleSource(name, name + ".wav", () -> source(signal))));
        var stems = new EnumMap<OracleKind, MemoryStems>(OracleKind.class);
        var outputs = new EnumMap<OracleKind, StemOutputs>(OracleKind.class);
        for (var kind : kinds) {
            stems.put(kind, new MemoryStems());
            outputs.put(kind, stems.get(kind));
        }
        new Oracles(sources, mixture.map(signal -> new OracleSource("mixture", "mixture.wav", () -> source(signal))))
                .separate(outputs);
        stems.values().forEach(each -> assertThat(each.allClosed()).isTrue());
        return stems;
    }

    private static AudioBuffer tone(double frequencyHz, double left, double right, int lengthFrames) {
        var samples = new float[2][lengthFrames];
        for (int n = 0; n < lengthFrames; n++) {
            double fade = Math.sin(Math.PI * n / lengthFrames);
            double sine = 0.4 * fade * Math.sin(2 * Math.PI * frequencyHz * n / 44_100);
            samples[0][n] = (float) (left * sine);
            samples[1][n] = (float) (right * sine);
        }
        return new AudioBuffer(STEREO, samples);
    }

    private static AudioBuffer noise(int seed, double left, double right, int lengthFrames) {
        var random = new Random(seed);
        var samples = new float[2][lengthFrames];
        for (int n = 0; n < lengthFrames; n++) {
            double value = 0.2 * random.nextGaussian();
            samples[0][n] = (float) (left * value);
            samples[1][n] = (float) (right * value);
        }
        return new AudioBuffer(STEREO, samples);
    }

    private static AudioBuffer sum(AudioBuffer one, AudioBuffer other) {
        var sum = scaled(one.samples(), 1);
        for (int channel = 0; channel < sum.length; channel++) {
            for (int n = 0; n < sum[channel].length; n++) {
                sum[channel][n] += other.channel(channel)[n];
            }
        }
        return new AudioBuffer(one.format(), sum);
    }

    private static double sdrDb(float[][] estimate, float[][] truth) {
        double signal = 1e-12;
        double distortion = 1e-12;
        for (int channel = 0; channel < truth.length; channel++) {
            for (int n = 0; n < truth[channel].length; n++) {
                signal += Math.pow(truth[channel][n], 2);
                distortion += Math.pow(truth[channel][n] - estimate[channel][n], 2);
            }
        }
        return 10 * Math.log10(signal / distortion);
    }
}
