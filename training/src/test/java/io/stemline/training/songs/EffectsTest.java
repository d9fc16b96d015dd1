package io.stemline.training.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectsTest {

    @Test
    void aRoomDecaysBySixtyDecibelsInItsTime() {
        // Given
        double seconds = 1.0;
        Track click = new Track(2 * 44_100);
        click.left[0] = 1;
        click.right[0] = 1;

        // When
        Room.reverberate(click, new Effect.Reverb(0, seconds, 20_000, 0));

        // Then
        double early = level(click, 0.25);
        double late = level(click, 0.75);
        assertThat(20 * Math.log10(early / late)).isCloseTo(30, within(6.0));
    }

    @Test
    void aPeakFilterRaisesItsFrequencyByItsGain() {
        // Given
        float[] tone = new float[44_100];
        Wavetable.SINE.add(tone, tone.length, 1_000, 0, 0.5f);
        double before = MixingDesk.rms(tone);

        // When
        Biquad.peak(1_000, 1, 6).filter(tone);

        // Then
        assertThat(20 * Math.log10(MixingDesk.rms(tone) / before)).isCloseTo(6, within(0.1));
    }

    @Test
    void bothSidesAreFilteredAsOneSideIs() {
        // Given
        Track track = new Track(5_000);
        Dice dice = new Dice(1);
        for (int i = 0; i < track.lengthFrames(); i++) {
            track.left[i] = dice.noise();
            track.right[i] = dice.noise();
        }
        float[] left = track.left.clone();
        float[] right = track.right.clone();

        // When
        Biquad.lowShelf(300, -5).filter(track);
        Biquad.lowShelf(300, -5).filter(left);
        Biquad.lowShelf(300, -5).filter(right);

        // Then
        assertThat(track.left).isEqualTo(left);
        assertThat(track.right).isEqualTo(right);
    }

    @Test
    void compressionBringsLoudAndSoftTogether() {
        // Given
        Track track = new Track(88_200);
        float[] loud = new float[44_100];
        Wavetable.SINE.add(loud, loud.length, 440, 0, 1);
        track.add(loud, loud.length, 0, 1, 0);
        track.add(loud, loud.length, 44_100, 0.1, 0);

        // When
        Compressor.apply(Compressor.gains(track, 0.5, 0.02), track);

        // Then
        double differenceDb = 20 * Math.log10(level(track, 0.7) / level(track, 1.7));
        assertThat(differenceDb).isBetween(8.0, 14.0);
    }

    private static double level(Track track, double atSeconds) {
        double sum = 0;
        int start = (int) (atSeconds * 44_100);
        for (int i = start; i < start + 4_410; i++) {
            sum += track.left[i] * track.left[i];
        }
        return Math.sqrt(sum / 4_410);
    }

    @Test
    void aPartThatNeverPlaysStaysSilentThroughItsChannel() {
        for (int seed = 0; seed < 5; seed++) {
            // Given
            SongRecipe recipe = new SongGenerator().compose(seed, Duration.ofSeconds(2));
            for (Part part : recipe.parts()) {
                Track silent = new Track(44_100);

                // When
                new MixingDesk(new Timeline(recipe)).apply(part.channel(), silent);

                // Then
                assertThat(silent.left).containsOnly(0);
                assertThat(silent.right).containsOnly(0);
            }
        }
    }

    @Test
    void aCascadeFiltersAsItsFiltersOneAfterAnother() {
        // Given
        Dice dice = new Dice(4);
        Track together = new Track(2_000);
        Track apart = new Track(2_000);
        for (int i = 0; i < 2_000; i++) {
            together.left[i] = apart.left[i] = dice.noise();
            together.right[i] = apart.right[i] = dice.noise();
        }
        List<Biquad> cascade = List.of(Biquad.peak(900, 1, 5), Biquad.highPass(100, 0.7), Biquad.highShelf(5_000, -4));

        // When
        Biquad.filter(cascade, together);
        cascade.forEach(filter -> filter.filter(apart));

        // Then
        assertThat(together.left).containsExactly(apart.left, within(1e-5f));
        assertThat(together.right).containsExactly(apart.right, within(1e-5f));
    }
}
