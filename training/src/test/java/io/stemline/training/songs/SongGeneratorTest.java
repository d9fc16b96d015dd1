package io.stemline.training.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SongGeneratorTest {
    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final int SONGS = 10;

    private final SongGenerator generator = new SongGenerator();

    @Test
    void theSameSeedGivesTheSameSamples() {
        // When
        Song first = generator.generate(11, LENGTH);
        Song second = generator.generate(11, LENGTH);

        // Then
        assertThat(second.recipe()).isEqualTo(first.recipe());
        for (Stem stem : Stem.values()) {
            assertThat(Arrays.deepEquals(first.stems().get(stem), second.stems().get(stem)))
                    .isTrue();
        }
    }

    @Test
    void differentSeedsGiveDifferentSongs() {
        // When
        Set<Integer> mixtures = new HashSet<>();
        Set<Double> tempos = new HashSet<>();
        for (int seed = 0; seed < SONGS; seed++) {
            Song song = generator.generate(seed, Duration.ofSeconds(2));
            mixtures.add(Arrays.deepHashCode(song.mixture()));
            tempos.add(song.recipe().beatsPerMinute());
        }

        // Then
        assertThat(mixtures).hasSize(SONGS);
        assertThat(tempos).hasSize(SONGS);
    }

    @Test
    void stemsAddUpToTheMixtureInAnyOrder() {
        for (int seed = 0; seed < SONGS; seed++) {
            // When
            Song song = generator.generate(seed, LENGTH);

            // Then
            float[][] v = song.stems().get(Stem.VOCALS);
            float[][] d = song.stems().get(Stem.DRUMS);
            float[][] b = song.stems().get(Stem.BASS);
            float[][] o = song.stems().get(Stem.OTHER);
            for (int channel = 0; channel < 2; channel++) {
                for (int i = 0; i < song.lengthFrames(); i++) {
                    float mixture = song.mixture()[channel][i];
                    if (mixture != v[channel][i] + d[channel][i] + b[channel][i] + o[channel][i]
                            || mixture != o[channel][i] + b[channel][i] + (v[channel][i] + d[channel][i])) {
                        throw new AssertionError("seed " + seed + ", frame " + i + ": the stems do not add up");
                    }
                }
            }
        }
    }

    @Test
    void nothingClipsAndEverythingIsANumber() {
        for (int seed = 100; seed < 100 + SONGS; seed++) {
            // When
            Song song = generator.generate(seed, LENGTH);

            // Then
            assertThat(peak(song.mixture())).as("seed %d", seed).isBetween(0.2f, 0.8901f);
            for (Stem stem : Stem.values()) {
                assertThat(peak(song.stems().get(stem)))
                        .as("seed %d, %s", seed, stem)
                        .isLessThanOrEqualTo(0.8901f);
            }
        }
    }

    @Test
    void aSongHasTheLengthAskedFor() {
        for (int milliseconds : new int[] {1, 40, 777, 5_003}) {
            // When
            Song song = generator.generate(5, Duration.ofMillis(milliseconds));

            // Then
            int frames = (int) Math.round(milliseconds * 44.1);
            assertThat(song.lengthFrames()).isEqualTo(frames);
            assertThat(song.stems()).hasSize(4);
            song.stems().values().forEach(stem -> assertThat(stem[1]).hasSize(frames));
        }
    }

    @Test
    void aLengthThatCannotBeIsRefusedWithASentence() {
        assertThatThrownBy(() -> generator.generate(1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0 s");
    }

    @Test
    void aRecipeSurvivesJsonAndPlaysTheSameSong() throws Exception {
        for (int seed = 200; seed < 230; seed++) {
            // Given
            ObjectMapper json = new ObjectMapper();
            SongRecipe recipe = generator.compose(seed, Duration.ofSeconds(3));

            // When
            SongRecipe read = json.readValue(json.writeValueAsBytes(recipe), SongRecipe.class);

            // Then
            assertThat(read).isEqualTo(recipe);
        }
        Song original = generator.generate(200, Duration.ofSeconds(3));
        ObjectMapper json = new ObjectMapper();
        SongRecipe read = json.readValue(json.writeValueAsBytes(original.recipe()), SongRecipe.class);
        assertThat(Arrays.deepEquals(generator.render(read).mixture(), original.mixture()))
                .isTrue();
    }

    @Test
    void theFormCoversTheSongWithoutGapsAndPartsComeAndGo() {
        int songsWithChanges = 0;
        for (int seed = 300; seed < 340; seed++) {
            // When
            SongRecipe recipe = generator.compose(seed, Duration.ofSeconds(60));

            // Then
            int bar = 0;
            for (SongRecipe.Section section : recipe.form()) {
                assertThat(section.firstBar()).isEqualTo(bar);
                assertThat(section.bars()).isPositive();
                assertThat(section.parts()).isNotEmpty();
                bar += section.bars();
            }
            double seconds = bar * recipe.beatsPerBar() * 60 / recipe.beatsPerMinute();
            assertThat(seconds).isGreaterThanOrEqualTo(60);
            songsWithChanges += recipe.form().stream()
                                    .map(SongRecipe.Section::parts)
                                    .distinct()
                                    .count()
                            > 1
                    ? 1
                    : 0;
        }
        assertThat(songsWithChanges).isGreaterThan(30);
    }

    @Test
    void someSongsAreMixedDarkAndOthersBright() {
        // When
        double[] riseDb = IntStream.range(0, 60)
                .mapToObj(seed -> new SongGenerator().compose(seed, Duration.ofSeconds(12)))
                .mapToDouble(SongGeneratorTest::riseDb)
                .toArray();

        // Then
        assertThat(Arrays.stream(riseDb).average().orElseThrow()).isBetween(-9.0, -3.0);
        assertThat(Arrays.stream(riseDb).min().orElseThrow()).isLessThan(-12);
        assertThat(Arrays.stream(riseDb).max().orElseThrow()).isGreaterThan(0);
    }

    /** What the instruments' equalisers lift 12 kHz over 80 Hz, on average. */
    private static double riseDb(SongRecipe recipe) {
        return recipe.parts().stream()
                .filter(part -> part.stem() != Stem.VOCALS)
                .flatMap(part -> part.channel().effects().stream())
                .filter(effect -> effect instanceof Effect.Equaliser)
                .map(effect -> ((Effect.Equaliser) effect).gainsDb())
                .mapToDouble(gains -> gains.getLast() - gains.getFirst())
                .average()
                .orElseThrow();
    }

    @Test
    void songsDifferInWhatTheyAreMadeOf() {
        // When
        Set<Object> choices = new HashSet<>();
        int vocals = 0;
        int leads = 0;
        int company = 0;
        int songs = 400;
        for (int seed = 0; seed < songs; seed++) {
            for (Part part : generator.compose(seed, LENGTH).parts()) {
                switch (part) {
                    case Part.Drums drums -> choices.add(drums.kit());
                    case Part.Bass bass -> choices.add(bass.sound());
                    case Part.Chords chords -> choices.add(chords.sound());
                    case Part.Lead lead -> {
                        choices.add(lead.sound());
                        leads++;
                    }
                    case Part.Vocals singer -> {
                        vocals++;
                        company += singer.doubles() + singer.harmonies() > 0 ? 1 : 0;
                    }
                }
            }
        }

        // Then
        assertThat(choices).contains((Object[]) Part.Kit.values());
        assertThat(choices).contains((Object[]) Part.BassSound.values());
        assertThat(choices).contains((Object[]) Part.ChordSound.values());
        assertThat(choices).contains((Object[]) Part.LeadSound.values());
        assertThat(vocals).isBetween(350, 395);
        assertThat(leads).isBetween(120, 200);
        assertThat((double) company / vocals).isBetween(0.25, 0.55);
    }

    private static float peak(float[][] samples) {
        float peak = 0;
        for (float[] channel : samples) {
            for (float value : channel) {
                if (!Float.isFinite(value)) {
                    throw new AssertionError("not a number");
                }
                peak = Math.max(peak, Math.abs(value));
            }
        }
        return peak;
    }
}
