package io.stemline.separation.engine;

import static io.stemline.separation.TestAudio.largestDifference;
import static io.stemline.separation.TestAudio.music;
import static io.stemline.separation.TestAudio.scaled;
import static io.stemline.separation.TestAudio.sine;
import static io.stemline.separation.TestAudio.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFormat;
import io.stemline.separation.SavedModels;
import io.stemline.separation.TestAudio.MemoryStems;
import io.stemline.separation.model.MaskExtension;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.StemRule;
import io.stemline.separation.model.StftLayout;
import io.stemline.separation.streaming.SeparationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What comes out of real networks in TensorFlow, whatever goes in. */
class SeparationTest {

    private static final double FLOAT_ROUNDING = 2e-6;

    @TempDir
    private static Path folder;

    private static SavedModels models;
    private static SeparationEngine engine;

    @BeforeAll
    static void loadModels() throws IOException {
        models = new SavedModels(folder);
        engine = SeparationEngine.open(SeparationSettings.defaults());
        engine.load(models.spectrogramModel(
                SavedModels.card("constant").build(), SavedModels.constantMasks(0.5f, 0.25f, 0.9f)));
        engine.load(models.spectrogramModel(SavedModels.card("local").build(), SavedModels.localMasks()));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({
        "44100, 1",
        "44100, 2",
        "44100, 6",
        "48000, 1",
        "48000, 2",
        "48000, 6",
        "8000, 1",
        "8000, 2",
        "8000, 6",
        "96000, 1",
        "96000, 2",
        "96000, 6"
    })
    void stemsAddUpToTheMixture(int sampleRateHz, int channels) {
        // Given
        var mixture = music(sampleRateHz, channels, sampleRateHz * 5 / 4 + 17);
        var stems = new MemoryStems();

        // When
        var result = engine.separate("local", source(mixture), stems);

        // Then
        assertThat(largestDifference(stems.sum(), mixture.samples())).isLessThan(FLOAT_ROUNDING);
        assertThat(result.format()).isEqualTo(mixture.format());
        assertThat(result.lengthFrames()).isEqualTo(mixture.lengthFrames());
        assertThat(stems.names()).containsExactly("vocals", "drums", "other");
        assertThat(stems.stem("vocals")).hasDimensions(channels, mixture.lengthFrames());
        assertThat(result.stems()).extracting("silent").containsOnly(false);
        assertThat(stems.allClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, 2, 63, 64, 65, 255, 256, 257, 1727, 1728, 1855, 1856, 1857, 2048, 2049, 8191, 8192, 8193, 30_000
            })
    void constantMasksScaleTheMixtureToTheSample(int lengthFrames) {
        // Given
        var mixture = music(44_100, 2, lengthFrames);
        var stems = new MemoryStems();

        // When
        engine.separate("constant", source(mixture), stems);

        // Then
        assertThat(largestDifference(stems.stem("vocals"), scaled(mixture.samples(), 0.5)))
                .isLessThan(FLOAT_ROUNDING);
        assertThat(largestDifference(stems.stem("drums"), scaled(mixture.samples(), 0.25)))
                .isLessThan(FLOAT_ROUNDING);
        assertThat(largestDifference(stems.stem("other"), scaled(mixture.samples(), 0.25)))
                .isLessThan(FLOAT_ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 1",
        "8000, 2",
        "8000, 1600",
        "96000, 1",
        "96000, 3",
        "96000, 19201",
        "48000, 9600",
        "22050, 12345"
    })
    void lengthsSurviveRateConversionToTheSample(int sampleRateHz, int lengthFrames) {
        // Given
        var mixture = music(sampleRateHz, 2, lengthFrames);
        var stems = new MemoryStems();

        // When
        engine.separate("constant", source(mixture), stems);

        // Then
        assertThat(stems.stem("vocals")).hasDimensions(2, lengthFrames);
        assertThat(largestDifference(stems.sum(), mixture.samples())).isLessThan(FLOAT_ROUNDING);
    }

    @Test
    void rateConversionKeepsTheSignalInPlaceAndAtItsLevel() {
        // Given
        var mixture = new AudioBuffer(
                new AudioFormat(48_000, 2), sine(1000, 2, 48_000).samples());
        var stems = new MemoryStems();

        // When
        engine.separate("constant", source(mixture), stems);

        // Then
        var inner = new float[2][];
        var expected = new float[2][];
        for (int channel = 0; channel < 2; channel++) {
            inner[channel] = Arrays.copyOfRange(stems.stem("vocals")[channel], 2_000, 46_000);
            expected[channel] = Arrays.copyOfRange(scaled(mixture.samples(), 0.5)[channel], 2_000, 46_000);
        }
        assertThat(largestDifference(inner, expected)).isLessThan(1e-3);
    }

    @Test
    void anEmptyMixtureGivesEmptyStems() {
        // Given
        var stems = new MemoryStems();

        // When
        var result = engine.separate("constant", source(music(44_100, 2, 0)), stems);

        // Then
        assertThat(result.lengthFrames()).isZero();
        assertThat(stems.names()).hasSize(3);
        assertThat(stems.allClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {44_100, 8_000})
    void silenceStaysSilence(int sampleRateHz) {
        // Given
        var mixture = AudioBuffer.silence(new AudioFormat(sampleRateHz, 2), 20_000);
        var stems = new MemoryStems();

        // When
        var result = engine.separate("local", source(mixture), stems);

        // Then
        assertThat(largestDifference(stems.stem("vocals"), mixture.samples())).isZero();
        assertThat(largestDifference(stems.stem("other"), mixture.samples())).isZero();
        assertThat(result.stems()).allSatisfy(stem -> {
            assertThat(stem.silent()).isTrue();
            assertThat(stem.rmsDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(stem.energyShare()).isZero();
        });
    }

    @Test
    void summariesSayWhatIsInTheStems() {
        // Given
        var mixture = sine(441, 2, 44_100);

        // When
        var result = engine.separate("constant", source(mixture), new MemoryStems());

        // Then
        var vocals = result.stems().getFirst();
        assertThat(vocals.stem()).isEqualTo("vocals");
        assertThat(vocals.lengthFrames()).isEqualTo(44_100);
        assertThat(vocals.peakDbfs()).isCloseTo(20 * Math.log10(0.25), within(1e-3));
        assertThat(vocals.rmsDbfs()).isCloseTo(20 * Math.log10(0.25 / Math.sqrt(2)), within(1e-3));
        assertThat(vocals.energyShare()).isCloseTo(0.25 / (0.25 + 0.0625 + 0.0625), within(1e-5));
    }

    @Test
    void segmentsJoinAsIfTheTrackWereOneSegment() throws IOException {
        // Given
        var mixture = music(44_100, 2, 20_000);
        engine.load(models.spectrogramModel(
                SavedModels.card("one-segment").segment(400, 8).build(), SavedModels.localMasks()));
        var inPieces = new MemoryStems();
        var inOne = new MemoryStems();

        // When
        engine.separate("local", source(mixture), inPieces);
        engine.separate("one-segment", source(mixture), inOne);

        // Then
        assertThat(largestDifference(inPieces.stem("vocals"), inOne.stem("vocals")))
                .isLessThan(FLOAT_ROUNDING);
        assertThat(largestDifference(inPieces.stem("drums"), inOne.stem("drums")))
                .isLessThan(FLOAT_ROUNDING);
    }

    @Test
    void networksThatDisagreeAcrossABorderMakeNoClick() throws IOException {
        // Given
        // A mask that is 0 in the first half of every segment and 1 in the second: the worst disagreement where two
        // meet.
        var halves = new float[1][SavedModels.FRAMES][1][1];
        for (int frame = SavedModels.FRAMES / 2; frame < SavedModels.FRAMES; frame++) {
            halves[0][frame][0][0] = 1;
        }
        engine.load(models.spectrogramModel(
                SavedModels.card("halves").stems("vocals", "other").build(), (tf, mixture) -> {
                    Operand<TFloat32> nothing = tf.math.mul(mixture, tf.constant(0f));
                    return tf.concat(List.of(tf.math.add(nothing, tf.constant(halves)), nothing), tf.constant(-1));
                }));
        var mixture = sine(441, 2, 30_000);
        var stems = new MemoryStems();

        // When
        engine.separate("halves", source(mixture), stems);

        // Then
        float[] vocals = stems.stem("vocals")[0];
        double steepest = 0.5 * 2 * Math.PI * 441 / 44_100;
        double fastestFade = 0.5 / 64;
        for (int n = 1; n < vocals.length; n++) {
            assertThat(Math.abs(vocals[n] - vocals[n - 1])).isLessThan((float) (steepest + fastestFade));
        }
        assertThat(stems.sum()[0]).containsExactly(mixture.channel(0), within(1e-6f));
    }

    @Test
    void aMonoMixtureComesOutAsEachChannelOfTheSameMixtureInStereo() {
        // Given
        var mono = music(44_100, 1, 15_000);
        var stereo = new AudioBuffer(new AudioFormat(44_100, 2), new float[][] {mono.channel(0), mono.channel(0)});
        var monoStems = new MemoryStems();
        var stereoStems = new MemoryStems();

        // When
        engine.separate("local", source(mono), monoStems);
        engine.separate("local", source(stereo), stereoStems);

        // Then
        assertThat(monoStems.stem("vocals")[0]).containsExactly(stereoStems.stem("vocals")[0], within(1e-6f));
        assertThat(monoStems.stem("vocals")[0]).containsExactly(stereoStems.stem("vocals")[1], within(1e-6f));
    }

    @Test
    void surroundChannelsComeOutAsTheirPairsWouldAlone() {
        // Given
        var surround = music(44_100, 6, 9_000);
        var back =
                new AudioBuffer(new AudioFormat(44_100, 2), new float[][] {surround.channel(4), surround.channel(5)});
        var surroundStems = new MemoryStems();
        var backStems = new MemoryStems();

        // When
        engine.separate("local", source(surround), surroundStems);
        engine.separate("local", source(back), backStems);

        // Then
        assertThat(surroundStems.stem("vocals")[4]).containsExactly(backStems.stem("vocals")[0], within(1e-6f));
        assertThat(surroundStems.stem("vocals")[5]).containsExactly(backStems.stem("vocals")[1], within(1e-6f));
    }

    @Test
    void masksWorkOnTheirOwnBins() throws IOException {
        // Given
        var low = new float[1][1][SavedModels.BINS][1];
        for (int bin = 0; bin < 40; bin++) {
            low[0][0][bin][0] = 1;
        }
        engine.load(models.spectrogramModel(
                SavedModels.card("low").stems("vocals", "other").build(), (tf, mixture) -> {
                    Operand<TFloat32> nothing = tf.math.mul(mixture, tf.constant(0f));
                    return tf.concat(List.of(tf.math.add(nothing, tf.constant(low)), nothing), tf.constant(-1));
                }));
        double binHz = 44_100 / 256.0;

        // When
        var below = energyShares("low", sine(20 * binHz, 2, 20_000));
        var above = energyShares("low", sine(60 * binHz, 2, 20_000));

        // Then
        assertThat(below.getFirst()).isGreaterThan(0.999);
        assertThat(above.getFirst()).isLessThan(0.001);
    }

    @ParameterizedTest
    @CsvSource({"AVERAGE, 0.5", "ZEROS, 0"})
    void binsAboveTheNetworksGetTheAverageMaskOrNothing(MaskExtension extension, double gain) throws IOException {
        // Given
        var id = "extension-" + extension.ordinal();
        engine.load(models.spectrogramModel(
                SavedModels.card(id).maskExtension(extension).build(), SavedModels.constantMasks(0.5f, 0.2f, 0.3f)));
        var mixture = sine(120 * 44_100 / 256.0, 2, 20_000);
        var stems = new MemoryStems();

        // When
        engine.separate(id, source(mixture), stems);

        // Then
        float[] inner = Arrays.copyOfRange(stems.stem("vocals")[0], 1_000, 19_000);
        float[] expected = Arrays.copyOfRange(scaled(mixture.samples(), gain)[0], 1_000, 19_000);
        assertThat(inner).containsExactly(expected, within(1e-5f));
        assertThat(largestDifference(stems.sum(), mixture.samples())).isLessThan(FLOAT_ROUNDING);
    }

    @Test
    void magnitudesBecomeRatiosOfTheirSquares() throws IOException {
        // Given
        var card = SavedModels.card("magnitudes")
                .spectrogram(SavedModels.STFT, OutputKind.MAGNITUDE, "mixture", "masks")
                .withoutRemainder()
                .build();
        engine.load(models.spectrogramModel(
                card,
                (tf, mixture) -> tf.concat(
                        List.of(
                                tf.math.mul(mixture, tf.constant(3f)),
                                tf.math.mul(mixture, tf.constant(2f)),
                                tf.math.mul(mixture, tf.constant(1f))),
                        tf.constant(-1))));
        var mixture = music(44_100, 2, 10_000);
        var stems = new MemoryStems();

        // When
        engine.separate("magnitudes", source(mixture), stems);

        // Then
        assertThat(largestDifference(stems.stem("vocals"), scaled(mixture.samples(), 9 / 14.0)))
                .isLessThan(1e-5);
        assertThat(largestDifference(stems.stem("drums"), scaled(mixture.samples(), 4 / 14.0)))
                .isLessThan(1e-5);
        assertThat(largestDifference(stems.sum(), mixture.samples())).isLessThan(FLOAT_ROUNDING);
    }

    @Test
    void rulesOfTheCardShapeMasks() throws IOException {
        // Given
        var card = SavedModels.card("rules")
                .stems("vocals", "other")
                .stemRule("vocals", new StemRule(OptionalDouble.of(0.5), OptionalDouble.of(1000)))
                .normaliseMasks(true)
                .withoutRemainder()
                .build();
        engine.load(models.spectrogramModel(card, SavedModels.constantMasks(0.25f, 0.5f)));

        // When
        var low = energyShares("rules", sine(441, 2, 20_000));
        var high = energyShares("rules", sine(4410, 2, 20_000));

        // Then
        assertThat(low.getFirst()).isLessThan(1e-4);
        assertThat(high.getFirst()).isCloseTo(0.5, within(1e-3));
    }

    @Test
    void waveformNetworksAreJoinedAndAveragedToo() throws IOException {
        // Given
        var card = SavedModels.card("waveform")
                .stems("vocals", "other")
                .waveform("mixture", "stems")
                .segment(1_000, 200)
                .withoutRemainder()
                .build();
        engine.load(models.waveformModel(
                card,
                (tf, mixture) -> tf.concat(
                        List.of(tf.math.mul(mixture, tf.constant(0.3f)), tf.math.mul(mixture, tf.constant(0.7f))),
                        tf.constant(-1))));
        for (int channels = 1; channels <= 3; channels++) {
            for (int lengthFrames : new int[] {1, 999, 1_000, 1_001, 12_345}) {
                var mixture = music(44_100, channels, lengthFrames);
                var stems = new MemoryStems();

                // When
                engine.separate("waveform", source(mixture), stems);

                // Then
                assertThat(largestDifference(stems.stem("vocals"), scaled(mixture.samples(), 0.3)))
                        .isLessThan(FLOAT_ROUNDING);
                assertThat(stems.stem("other")).hasDimensions(channels, lengthFrames);
            }
        }
    }

    @Test
    void oneChannelNetworksSeeEveryChannelAlone() throws IOException {
        // Given
        engine.load(models.spectrogramModel(
                SavedModels.card("mono").channels(1).build(), SavedModels.constantMasks(0.5f, 0.25f, 0.25f)));
        var mixture = music(44_100, 2, 7_777);
        var stems = new MemoryStems();

        // When
        engine.separate("mono", source(mixture), stems);

        // Then
        assertThat(largestDifference(stems.stem("vocals"), scaled(mixture.samples(), 0.5)))
                .isLessThan(FLOAT_ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"256, 128, 256", "256, 64, 512", "300, 64, 300", "256, 100, 256", "256, 32, 256"})
    void signalsAreWonBackFromAnyTransformThatCanBeInverted(int window, int hop, int fft) throws IOException {
        // Given
        var id = "stft-" + window + "-" + hop + "-" + fft;
        var stft = new StftLayout(window, hop, "hann", fft, 90);
        engine.load(models.spectrogramModel(
                SavedModels.card(id)
                        .spectrogram(stft, OutputKind.MASK, "mixture", "masks")
                        .segment(7, 3)
                        .build(),
                SavedModels.constantMasks(0.5f, 0.25f, 0.25f)));
        var mixture = music(44_100, 2, 5_000);
        var stems = new MemoryStems();

        // When
        engine.separate(id, source(mixture), stems);

        // Then
        assertThat(largestDifference(stems.stem("vocals"), scaled(mixture.samples(), 0.5)))
                .isLessThan(FLOAT_ROUNDING);
    }

    @Test
    void theNullModelDividesTheMixtureAtItsOwnRate() {
        // Given
        var mixture = music(11_025, 3, 40_000);
        var stems = new MemoryStems();

        // When
        var result = engine.separate("null", source(mixture), stems);

        // Then
        assertThat(stems.names()).containsExactly("vocals", "drums", "bass", "other");
        for (var stem : stems.names()) {
            assertThat(largestDifference(stems.stem(stem), scaled(mixture.samples(), 0.25)))
                    .isLessThan(1e-7);
        }
        assertThat(result.model().id()).isEqualTo("null");
    }

    @Test
    void tracksThatShareANetworkComeOutAsAlone() throws Exception {
        // Given
        var mixtures = new ArrayList<AudioBuffer>();
        for (int i = 0; i < 6; i++) {
            mixtures.add(scaledMusic(1 - 0.1 * i, 20_000 + 3_000 * i));
        }
        var alone = new ArrayList<float[][]>();
        for (var mixture : mixtures) {
            var stems = new MemoryStems();
            engine.separate("local", source(mixture), stems);
            alone.add(stems.stem("vocals"));
        }

        // When
        var together = mixtures.stream().map(mixture -> new MemoryStems()).toList();
        try (var executor = Executors.newFixedThreadPool(mixtures.size())) {
            var jobs = new ArrayList<Callable<SeparationResult>>();
            for (int i = 0; i < mixtures.size(); i++) {
                int track = i;
                jobs.add(() -> engine.separate("local", source(mixtures.get(track)), together.get(track)));
            }
            for (var job : executor.invokeAll(jobs)) {
                job.get();
            }
        }

        // Then
        for (int i = 0; i < mixtures.size(); i++) {
            assertThat(together.get(i).stem("vocals")).isDeepEqualTo(alone.get(i));
        }
    }

    @Test
    void convolutionsSeeEachSegmentOfABatchAlone() throws Exception {
        // Given
        var kernel = new float[5][5][2][6];
        var random = new Random(3);
        for (float[][][] row : kernel) {
            for (float[][] column : row) {
                for (float[] weights : column) {
                    for (int i = 0; i < weights.length; i++) {
                        weights[i] = (float) random.nextGaussian() / 7;
                    }
                }
            }
        }
        engine.load(models.spectrogramModel(SavedModels.card("convolution").build(), (tf, mixture) -> {
            var image = tf.math.log1p(mixture);
            return tf.math.sigmoid(tf.nn.conv2d(image, tf.constant(kernel), List.of(1L, 1L, 1L, 1L), "SAME"));
        }));
        var mixture = music(44_100, 2, 60_000);
        var alone = new MemoryStems();
        engine.separate("convolution", source(mixture), alone);

        // When
        var together = List.of(new MemoryStems(), new MemoryStems(), new MemoryStems(), new MemoryStems());
        try (var executor = Executors.newFixedThreadPool(together.size())) {
            var jobs = new ArrayList<Callable<SeparationResult>>();
            for (var stems : together) {
                jobs.add(() -> engine.separate("convolution", source(mixture), stems));
            }
            for (var job : executor.invokeAll(jobs)) {
                job.get();
            }
        }

        // Then
        assertThat(together)
                .allSatisfy(stems -> assertThat(largestDifference(stems.stem("vocals"), alone.stem("vocals")))
                        .isLessThan(1e-6));
    }

    private static AudioBuffer scaledMusic(double level, int lengthFrames) {
        var music = music(44_100, 2, lengthFrames);
        return new AudioBuffer(music.format(), scaled(music.samples(), level));
    }

    private static List<Double> energyShares(String model, AudioBuffer mixture) {
        return engine.separate(model, source(mixture), new MemoryStems()).stems().stream()
                .map(stem -> stem.energyShare())
                .toList();
    }
}
