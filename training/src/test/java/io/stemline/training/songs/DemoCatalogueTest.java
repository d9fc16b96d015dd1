package io.stemline.training.songs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.audio.AudioFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCatalogueTest {
    @TempDir
    Path folder;

    @Test
    void stemFilesAddUpToTheMixtureFileToTheLastBit() {
        // When
        List<Path> songs = DemoCatalogue.write(folder, 2, Duration.ofSeconds(2), 70);

        // Then
        assertThat(songs).hasSize(2).doesNotHaveDuplicates();
        for (Path song : songs) {
            float[][] mixture = AudioFiles.readAll(song.resolve("mixture.wav")).samples();
            float[][] sum = new float[2][mixture[0].length];
            for (String stem : List.of("vocals", "drums", "bass", "other")) {
                float[][] samples =
                        AudioFiles.readAll(song.resolve(stem + ".wav")).samples();
                for (int channel = 0; channel < 2; channel++) {
                    for (int i = 0; i < sum[channel].length; i++) {
                        sum[channel][i] += samples[channel][i];
                    }
                }
            }
            assertThat(sum).isEqualTo(mixture);
            assertThat(mixture[0]).hasSize(88_200);
        }
    }

    @Test
    void everySongHasTheFilesOfMusdbAndItsRecipe() throws Exception {
        // When
        Path song = DemoCatalogue.write(folder, 1, Duration.ofMillis(300), 71).getFirst();

        // Then
        assertThat(song.getFileName().toString()).matches("[A-Za-z ]+ - [A-Za-z ]+");
        try (Stream<Path> files = Files.list(song)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "mixture.wav", "vocals.wav", "drums.wav", "bass.wav", "other.wav", "recipe.json");
        }
    }
}
