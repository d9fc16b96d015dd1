package io.stemline.training.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.spectrum.Stft;
import io.stemline.training.songs.Song;
import io.stemline.training.songs.SongGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchFeedTest {
    private static final SpectrumSettings SPECTRUM = new SpectrumSettings(1024, 256, 64);
    private static final Curriculum CURRICULUM = new Curriculum(40, 1.5, 2, 3, 0.5);
    private static final int FRAMES = 16;

    @Test
    void targetsOfTheStemsAddUpToTheMixture() throws Exception {
        // Given
        try (var feed = feed(0)) {
            // When
            Batch batch = feed.next();

            // Then
            assertThat(batch.mixtures()).hasSize(4 * FRAMES * 64 * 2);
            for (int i = 0; i < batch.mixtures().length; i++) {
                int at = i / 2 * 8 + i % 2;
                float[] targets = batch.targets();
                float sum = targets[at] + targets[at + 2] + targets[at + 4] + targets[at + 6];
                assertThat(sum).isCloseTo(batch.mixtures()[i], within(1e-3f * (1 + batch.mixtures()[i])));
            }
        }
    }

    @Test
    void theBatchesOfAStepAreTheSameHoweverTheRunCameThere() throws Exception {
        // Given
        List<Batch> whole = new ArrayList<>();
        try (var feed = feed(0)) {
            for (int step = 0; step < 6; step++) {
                whole.add(feed.next());
            }
        }

        // When
        try (var resumed = feed(4)) {
            Batch fourth = resumed.next();
            Batch fifth = resumed.next();

            // Then
            assertThat(fourth.mixtures()).isEqualTo(whole.get(4).mixtures());
            assertThat(fourth.targets()).isEqualTo(whole.get(4).targets());
            assertThat(fifth.mixtures()).isEqualTo(whole.get(5).mixtures());
        }
        assertThat(whole.get(1).mixtures()).isNotEqualTo(whole.get(0).mixtures());
    }

    @Test
    void theWindowOfSongsMovesOn() {
        // Then
        assertThat(CURRICULUM.start(0)).isZero();
        assertThat(CURRICULUM.end(0)).isEqualTo(2);
        assertThat(CURRICULUM.end(10)).isEqualTo(7);
        assertThat(CURRICULUM.start(10)).isEqualTo(4);
    }

    @Test
    void withoutAugmentationTheMixtureIsTheSongs() {
        // Given
        Song song = new SongGenerator().generate(77, Duration.ofMillis(1500));
        var spectra = SongSpectra.of(song, SPECTRUM);
        Stft stft = new Stft(SPECTRUM.stft());
        float[][] left = stft.forward(song.mixture()[0]).magnitudes();
        float[][] right = stft.forward(song.mixture()[1]).magnitudes();

        // When
        Batch batch = new ChunkMixer(spectra.frames(), 64, Augmentation.none()).mixOneOfEach(List.of(spectra), 1);

        // Then
        boolean swapped = Math.abs(batch.mixtures()[40] - left[0][20]) > 1e-4f;
        for (int frame = 0; frame < spectra.frames(); frame++) {
            for (int bin = 0; bin < 64; bin++) {
                float expected = (swapped ? right : left)[frame][bin];
                assertThat(batch.mixtures()[(frame * 64 + bin) * 2]).isCloseTo(expected, within(1e-3f));
            }
        }
    }

    @Test
    void vocalsAreLeftOutAsOftenAsAskedFor() {
        // Given
        List<SongSpectra> songs = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            songs.add(SongSpectra.of(new SongGenerator().generate(seed, Duration.ofSeconds(2)), SPECTRUM));
        }
        Augmentation never = new Augmentation(0.5, 1, 1.0, 0, -8, 4, -8, 4, 2, 0.1);

        // When
        Batch batch = new ChunkMixer(FRAMES, 64, never).mix(songs, 8, 100, 3);

        // Then
        double energy = 0;
        for (int i = 0; i < batch.targets().length; i += 8) {
            assertThat(batch.targets()[i]).isZero();
            assertThat(batch.targets()[i + 1]).isZero();
            energy += batch.targets()[i + 2] + batch.targets()[i + 6];
        }
        assertThat(energy).isPositive();
    }

    private static BatchFeed feed(int firstStep) {
        return new BatchFeed(CURRICULUM, SPECTRUM, Augmentation.standard(), FRAMES, 4, 5, firstStep, 2);
    }
}
