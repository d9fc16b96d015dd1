package io.stemline.training.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.batches.Augmentation.Range;
import io.stemline.training.datasets.effects.BandFilter;
import io.stemline.training.datasets.effects.RateChange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of variation, on sines whose level, frequency and place can be measured. */
class AugmentationTest {
    private static final int RATE_HZ = 44_100;
    private static final int CHUNK = 44_100;

    @Test
    void gainIsInDecibels() {
        // Given
        float[][] sine = {sine(440, 0.5, 2), sine(440, 0.25, 2)};

        // When
        float[][] louder = varied(sine, Variations.gain(6));

        // Then
        assertThat(levelDb(louder[0]) - levelDb(sine[0])).isCloseTo(6, within(0.01));
        assertThat(levelDb(louder[1]) - levelDb(sine[1])).isCloseTo(6, within(0.01));
    }

    @Test
    void swappedSidesAreTheOtherSides() {
        // Given
        float[][] sides = {sine(440, 0.5, 1), sine(1000, 0.25, 1)};

        // When
        float[][] swapped = varied(sides, Variations.swapped());

        // Then
        assertThat(swapped[0]).isEqualTo(sides[1]);
        assertThat(swapped[1]).isEqualTo(sides[0]);
    }

    @Test
    void widthScalesTheDifferenceOfTheSidesAndLeavesTheirSum() {
        // Given
        float[][] sides = {sine(440, 0.5, 1), sine(1000, 0.25, 1)};

        // When
        float[][] narrow = varied(sides, Variations.width(0.25));

        // Then
        for (int i = 0; i < CHUNK; i++) {
            assertThat(narrow[0][i] + narrow[1][i]).isCloseTo(sides[0][i] + sides[1][i], within(1e-6f));
            assertThat(narrow[0][i] - narrow[1][i]).isCloseTo(0.25f * (sides[0][i] - sides[1][i]), within(1e-6f));
        }
    }

    @Test
    void anEqualiserBandHasItsGainAtItsCentreAndNoneFarAway() {
        // Given
        BandFilter filter = new BandFilter(RATE_HZ);
        filter.addPeak(1000, 1.1, 9);
        float[][] atCentre = {sine(1000, 0.1, 1), sine(1000, 0.1, 1)};
        float[][] farAway = {sine(60, 0.1, 1), sine(12_000, 0.1, 1)};
        double centreBefore = levelDb(atCentre[0]);
        double lowBefore = levelDb(farAway[0]);
        double highBefore = levelDb(farAway[1]);

        // When
        filter.filter(atCentre, CHUNK);
        filter.filter(farAway, CHUNK);

        // Then
        assertThat(levelDb(atCentre[0]) - centreBefore).isCloseTo(9, within(0.02));
        assertThat(levelDb(atCentre[1]) - centreBefore).isCloseTo(9, within(0.02));
        assertThat(levelDb(farAway[0]) - lowBefore).isCloseTo(0, within(0.1));
        assertThat(levelDb(farAway[1]) - highBefore).isCloseTo(0, within(0.1));
    }

    @Test
    void theEqualiserOfAChunkRaisesWhatLiesInItsBands() {
        // Given
        float[][] sine = {sine(500, 0.1, 2), sine(500, 0.1, 2)};

        // When
        float[][] raised = varied(sine, Variations.equaliser(3));

        // Then
        double expectedDb = 0;
        for (double centreHz : new double[] {62.5, 125, 250, 500, 1000, 2000, 4000, 8000}) {
            expectedDb += peakResponseDb(500, centreHz, 1.1, 3);
        }
        assertThat(levelDb(raised[0]) - levelDb(sine[0])).isCloseTo(expectedDb, within(0.02));
    }

    @Test
    void aLowPassIsThreeDecibelsDownAtItsEndAndTwentyFourMoreAnOctaveOn() {
        // Given
        float[][] atTheEnd = {sine(2000, 0.5, 2), sine(200, 0.5, 2)};
        float[][] above = {sine(4000, 0.5, 2), sine(4000, 0.5, 2)};

        // When
        float[][] end = varied(atTheEnd, Variations.lowPass(2000));
        float[][] gone = varied(above, Variations.lowPass(2000));

        // Then
        assertThat(levelDb(end[0]) - levelDb(atTheEnd[0])).isCloseTo(-3.01, within(0.02));
        assertThat(levelDb(end[1]) - levelDb(atTheEnd[1])).isCloseTo(0, within(0.02));
        double warped = Math.tan(Math.PI * 4000 / RATE_HZ) / Math.tan(Math.PI * 2000 / RATE_HZ);
        assertThat(levelDb(gone[0]) - levelDb(above[0]))
                .isCloseTo(-10 * Math.log10(1 + Math.pow(warped, 8)), within(0.05));
    }

    @Test
    void speedRaisesThePitchByItsRatioAndShortensTheSoundByIt() {
        // Given: a sine of half a second, then silence
        float[][] sound = {sine(1000, 0.5, 3), sine(1000, 0.5, 3)};
        for (float[] side : sound) {
            Arrays.fill(side, RATE_HZ / 2, side.length, 0);
        }
        float[] played = new float[2 * CHUNK];

        // When
        Take take = new Take(new Passage("sine", new float[][][] {sound}), 0, 1.25, 320);
        new StemPlayer(2).play(take, 0, new BandFilter(RATE_HZ), Touch.NONE, played, 0, CHUNK);

        // Then
        int end = (int) (RATE_HZ / 2 / 1.25);
        assertThat(frequencyHz(played, 1000, end - 1000)).isCloseTo(1250, within(0.5));
        assertThat(levelDb(Arrays.copyOfRange(played, 1000, end - 1000))).isCloseTo(-9.03, within(0.02));
        assertThat(Arrays.copyOfRange(played, end + 40, CHUNK)).containsOnly(0);
        assertThat(Arrays.copyOfRange(played, end - 60, end - 30)).isNotEqualTo(new float[30]);
    }

    @Test
    void speedInterpolatesAsTheExactSineDoes() {
        // Given
        float[][] sound = {sine(3000, 0.5, 3)};
        float[] played = new float[CHUNK];

        // When
        Take take = new Take(new Passage("sine", new float[][][] {sound}), 1000, 0.9375, 240);
        new StemPlayer(1).play(take, 0, new BandFilter(RATE_HZ), Touch.NONE, played, 0, CHUNK);

        // Then
        for (int i = 0; i < CHUNK; i++) {
            double place = 1000 + i * 0.9375;
            assertThat((double) played[i])
                    .isCloseTo(0.5 * Math.sin(2 * Math.PI * 3000 * place / RATE_HZ), within(2e-4));
        }
    }

    @Test
    void pitchMovesTheFrequencyAndKeepsTheLengthAndThePlaceOfEvents() {
        // Given: a tone that begins after half a second
        float[][] sound = {sine(440, 0.5, 3), sine(440, 0.5, 3)};
        for (float[] side : sound) {
            Arrays.fill(side, 0, RATE_HZ / 2, 0);
        }
        float[] played = new float[4 * CHUNK];
        double pitch = Math.pow(2, 2 / 12.0);
        int steps = RateChange.nearestSteps(pitch);

        // When
        Take take = new Take(new Passage("sine", new float[][][] {sound}), 0, 1, steps);
        new StemPlayer(2).play(take, 0, new BandFilter(RATE_HZ), Touch.NONE, played, 0, 2 * CHUNK);

        // Then
        int start = RATE_HZ / 2;
        assertThat(frequencyHz(played, start + 4000, 2 * CHUNK - 1000)).isCloseTo(440 * steps / 256.0, within(2.0));
        float[] before = Arrays.copyOfRange(played, 0, start - 2200);
        float[] after = Arrays.copyOfRange(played, start + 2200, 2 * CHUNK);
        assertThat(levelDb(before)).isLessThan(-60);
        assertThat(levelDb(after)).isCloseTo(-9.03, within(0.3));
    }

    @Test
    void pitchOfBothKindsGoesThroughABatch() {
        // Given
        float[][] sine = {sine(440, 0.5, 4), sine(440, 0.5, 4)};

        // When
        float[][] slower = varied(sine, Variations.speed(0.5));
        float[][] higher = varied(sine, Variations.pitch(12));

        // Then
        assertThat(frequencyHz(slower[0], 1000, CHUNK)).isCloseTo(220, within(1.0));
        assertThat(frequencyHz(higher[0], 1000, CHUNK)).isCloseTo(880, within(2.0));
    }

    @Test
    void amountsThatMakeNoSenseAreRefused() {
        // Then
        assertThatThrownBy(() -> new Range(1.2, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a share is between 0 and 1, not 1.2");
        assertThatThrownBy(() -> new Range(1, 2, 1)).hasMessage("A range goes up, not from 2.0 to 1.0");
        assertThatThrownBy(() -> Variations.speed(4))
                .hasMessage("speed: amounts lie between 0.5 and 2.0, not from 4.0 to 4.0");
        assertThatThrownBy(() -> Variations.without(-0.1, 0)).hasMessage("withoutVocals is between 0 and 1, not -0.1");
    }

    @Test
    void crossingGrowsToItsShare() {
        // Given
        Augmentation augmentation = Variations.crossing(0.5, 1000);

        // Then
        assertThat(augmentation.crossingShareAt(0)).isZero();
        assertThat(augmentation.crossingShareAt(500)).isEqualTo(0.25);
        assertThat(augmentation.crossingShareAt(5000)).isEqualTo(0.5);
    }

    private static float[][] varied(float[][] sound, Augmentation augmentation) {
        var mixer = new ChunkMixer(List.of("vocals"), RATE_HZ, 2, CHUNK, augmentation, 1);
        Batch batch = mixer.mixOneOfEach(List.of(new Passage("sine", new float[][][] {sound})), 0);
        return new float[][] {
            Arrays.copyOfRange(batch.stems(), 0, CHUNK), Arrays.copyOfRange(batch.stems(), CHUNK, 2 * CHUNK)
        };
    }

    private static float[] sine(double hz, double amplitude, int seconds) {
        float[] sine = new float[seconds * RATE_HZ];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / RATE_HZ));
        }
        return sine;
    }

    /** Level of the middle, where nothing begins or ends. */
    private static double levelDb(float[] sound) {
        double energy = 1e-20;
        int from = sound.length / 4;
        int to = sound.length - from;
        for (int i = from; i < to; i++) {
            energy += sound[i] * sound[i] / (double) (to - from);
        }
        return 10 * Math.log10(energy);
    }

    /** By the first and last upward crossings of zero. */
    private static double frequencyHz(float[] sound, int from, int to) {
        double first = -1;
        double last = -1;
        int periods = -1;
        for (int i = from + 1; i < to; i++) {
            if (sound[i - 1] < 0 && sound[i] >= 0) {
                last = i - sound[i] / (sound[i] - sound[i - 1]);
                first = first < 0 ? last : first;
                periods++;
            }
        }
        return periods * RATE_HZ / (last - first);
    }

    /** |H| of the cookbook's peaking filter from its analogue prototype, whose frequencies the bilinear transform warps. */
    private static double peakResponseDb(double hz, double centreHz, double q, double gainDb) {
        double warped = Math.tan(Math.PI * hz / RATE_HZ) / Math.tan(Math.PI * centreHz / RATE_HZ);
        double a = Math.pow(10, gainDb / 40);
        double real = 1 - warped * warped;
        double above = Math.hypot(real, warped * a / q);
        double below = Math.hypot(real, warped / (a * q));
        return 20 * Math.log10(above / below);
    }
}
