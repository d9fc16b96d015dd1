package io.stemline.training.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.training.soundfont.SoundFontException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SoundFontsTest {
    private static final Path FLUID = Path.of("/usr/share/sounds/sf2/FluidR3_GM.sf2");
    private static final Duration LENGTH = Duration.ofSeconds(4);

    private static SongGenerator generator() {
        assumeTrue(
                Files.exists(FLUID),
                "SKIPPED: " + FLUID
                        + " is absent (Debian package fluid-soundfont-gm); recorded instruments go untested");
        return new SongGenerator(SoundFonts.open(List.of(FLUID)), Speech.none());
    }

    @Test
    void withoutSoundFontsNothingIsRecorded() {
        // When
        Song without = new SongGenerator().generate(7, LENGTH);
        Song none = new SongGenerator(SoundFonts.none(), Speech.none()).generate(7, LENGTH);

        // Then
        assertThat(without.recipe().sampled()).isEmpty();
        assertThat(Arrays.deepEquals(without.mixture(), none.mixture())).isTrue();
    }

    @Test
    void aSongWithRecordedInstrumentsIsTheSameEachTimeAndFromItsRecipe() throws Exception {
        // Given
        SongGenerator generator = generator();
        ObjectMapper json = new ObjectMapper();

        // When
        Song song = generator.generate(3, LENGTH);
        Song again = generator().generate(3, LENGTH);
        SongRecipe read = json.readValue(json.writeValueAsBytes(song.recipe()), SongRecipe.class);

        // Then
        assertThat(song.recipe().sampled()).isNotEmpty();
        assertThat(read).isEqualTo(song.recipe());
        assertThat(Arrays.deepEquals(again.mixture(), song.mixture())).isTrue();
        assertThat(Arrays.deepEquals(generator.render(read).mixture(), song.mixture()))
                .isTrue();
    }

    @Test
    void aboutThreePartsOfFiveAreRecordedAndVocalsNever() {
        // Given
        SongGenerator generator = generator();
        int recorded = 0;
        int parts = 0;

        // When
        for (int seed = 0; seed < 200; seed++) {
            SongRecipe recipe = generator.compose(seed, LENGTH);
            Set<String> names = recipe.parts().stream()
                    .filter(part -> part.stem() != Stem.VOCALS)
                    .map(Part::name)
                    .collect(Collectors.toSet());
            assertThat(names).containsAll(recipe.sampled().keySet());
            recorded += recipe.sampled().size();
            parts += names.size();
        }

        // Then
        assertThat((double) recorded / parts).isBetween(0.55, 0.65);
    }

    @Test
    void onlyThePartsThatAreRecordedDifferFromTheSynthesisedSong() {
        // Given
        SongGenerator generator = generator();
        for (int seed = 20; seed < 28; seed++) {
            // When
            SongRecipe recipe = generator.compose(seed, LENGTH);
            SongRecipe synthesised = new SongGenerator().compose(seed, LENGTH);

            // Then
            assertThat(recipe.parts()).isEqualTo(synthesised.parts());
            for (Part part : recipe.parts()) {
                boolean alike = Arrays.equals(alone(generator, recipe, part), alone(generator, synthesised, part));
                assertThat(alike)
                        .as("seed %d, %s", seed, part.name())
                        .isEqualTo(!recipe.sampled().containsKey(part.name()) || !plays(recipe, part));
            }
        }
    }

    private static float[] alone(SongGenerator generator, SongRecipe recipe, Part part) {
        SongRecipe solo = recipe.withParts(List.of(part));
        return generator.render(solo).mixture()[0];
    }

    private static boolean plays(SongRecipe recipe, Part part) {
        return recipe.form().stream().anyMatch(section -> section.has(part));
    }

    @Test
    void recordedSongsNeitherClipNorHoldAnythingButNumbers() {
        // Given
        SongGenerator generator = generator();
        for (int seed = 40; seed < 60; seed++) {
            // When
            float[][] mixture = generator.generate(seed, LENGTH).mixture();

            // Then
            for (float value : mixture[0]) {
                assertThat(Math.abs(value)).as("seed %d", seed).isLessThanOrEqualTo(0.8901f);
            }
        }
    }

    @Test
    void aRecipeWhoseSoundFontIsNotThereIsRefusedWithItsDigest() {
        // Given
        SongRecipe recipe = generator().compose(3, LENGTH);
        SampledSound sound = recipe.sampled().values().iterator().next();

        // Then
        assertThatThrownBy(() -> new SongGenerator().render(recipe))
                .isInstanceOf(SoundFontException.class)
                .hasMessageContaining(sound.soundFont())
                .hasMessageContaining("not among the 0 given");
    }

    @Test
    void aRecipeThatAsksForVocalsFromASoundFontIsRefused() {
        // Given
        SongGenerator generator = generator();
        SongRecipe recipe = generator.compose(3, LENGTH);
        SampledSound sound = recipe.sampled().values().iterator().next();
        String vocals = recipe.parts().stream()
                .filter(part -> part.stem() == Stem.VOCALS)
                .findFirst()
                .orElseThrow()
                .name();

        // Then
        assertThatThrownBy(() -> generator.render(recipe.withSampled(Map.of(vocals, sound))))
                .isInstanceOf(SoundFontException.class)
                .hasMessageContaining("vocals are sung");
    }
}
