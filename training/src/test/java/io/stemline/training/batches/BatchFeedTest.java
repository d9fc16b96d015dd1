package io.stemline.training.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.audio.AudioFormat;
import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.DatasetException;
import io.stemline.training.datasets.GeneratedSongs;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.Split;
import io.stemline.training.datasets.StemChoice;
import io.stemline.training.songs.Song;
import io.stemline.training.songs.SongGenerator;
import io.stemline.training.songs.Stem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchFeedTest {
    private static final int CHUNK = 8192;
    private static final int STEM = 2 * CHUNK;
    private static final Curriculum CURRICULUM = new Curriculum(1.5, 2, 3, 0.5);
    private static final ChunkSettings CHUNKS = new ChunkSettings(CHUNK, 4);
    private static final AudioFormat STEREO = new AudioFormat(44_100, 2);
    private static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");

    @Test
    void stemsAddUpToTheMixture() throws Exception {
        // Given
        try (var feed = feed(songs(), 0, 2)) {
            // When
            Batch batch = feed.next();

            // Then
            assertThat(batch.mixtures()).hasSize(4 * STEM);
            assertThat(batch.stems()).hasSize(4 * 4 * STEM);
            for (int i = 0; i < batch.mixtures().length; i++) {
                int at = i / STEM * 4 * STEM + i % STEM;
                float[] stems = batch.stems();
                float sum = stems[at] + stems[at + STEM] + stems[at + 2 * STEM] + stems[at + 3 * STEM];
                assertThat(sum).isEqualTo(batch.mixtures()[i]);
            }
        }
    }

    @Test
    void theBatchesOfAStepAreTheSameHoweverTheRunCameThereAndWhateverTheNumberOfThreads() throws Exception {
        // Given
        List<Batch> whole = new ArrayList<>();
        try (var feed = feed(songs(), 0, 1)) {
            for (int step = 0; step < 6; step++) {
                whole.add(feed.next());
            }
        }

        // When
        try (var resumed = feed(songs(), 4, 3)) {
            Batch fourth = resumed.next();
            Batch fifth = resumed.next();

            // Then
            assertThat(fourth.mixtures()).isEqualTo(whole.get(4).mixtures());
            assertThat(fourth.stems()).isEqualTo(whole.get(4).stems());
            assertThat(fifth.stems()).isEqualTo(whole.get(5).stems());
        }
        assertThat(whole.get(1).mixtures()).isNotEqualTo(whole.get(0).mixtures());
    }

    @Test
    void theWindowOfPassagesMovesOn() {
        // Then
        assertThat(CURRICULUM.start(0)).isZero();
        assertThat(CURRICULUM.end(0)).isEqualTo(2);
        assertThat(CURRICULUM.end(10)).isEqualTo(7);
        assertThat(CURRICULUM.start(10)).isEqualTo(4);
    }

    @Test
    void withoutAugmentationAChunkIsAPieceOfTheSong() throws Exception {
        // Given
        Song song = new SongGenerator().generate(1_000_000, Duration.ofMillis(1500));
        var onlyOne = new Curriculum(1.5, 1, 1, 0);

        // When
        Batch batch;
        try (var feed = new BatchFeed(songs(), onlyOne, Augmentation.none(), CHUNKS, 5, 0, 1)) {
            batch = feed.next();
        }

        // Then
        float[] left = Arrays.copyOf(batch.mixtures(), CHUNK);
        int from = place(left, song.mixture()[0]);
        for (Stem stem : Stem.values()) {
            float[] expected = Arrays.copyOfRange(song.stems().get(stem)[1], from, from + CHUNK);
            int at = stem.ordinal() * STEM + CHUNK;
            assertThat(Arrays.copyOfRange(batch.stems(), at, at + CHUNK)).isEqualTo(expected);
        }
    }

    @Test
    void vocalsAreLeftOutAsOftenAsAskedFor() throws Exception {
        // Given
        try (var feed =
                new BatchFeed(songs(), CURRICULUM, Variations.without(1, 0), new ChunkSettings(CHUNK, 8), 3, 0, 1)) {
            // When
            Batch batch = feed.next();

            // Then
            for (int index = 0; index < 8; index++) {
                int at = index * 4 * STEM;
                assertThat(Arrays.copyOfRange(batch.stems(), at, at + STEM)).containsOnly(0);
                assertThat(Arrays.copyOfRange(batch.stems(), at + STEM, at + 4 * STEM))
                        .isNotEqualTo(new float[3 * STEM]);
            }
        }
    }

    @Test
    void exactlyOneOtherStemIsLeftOut() throws Exception {
        // Given
        Dataset tones = tones(4);
        try (var feed = new BatchFeed(tones, CURRICULUM, Variations.without(0, 1), CHUNKS, 3, 0, 1)) {
            Set<List<Boolean>> patterns = new HashSet<>();

            // When
            for (int step = 0; step < 20; step++) {
                Batch batch = feed.next();
                for (int index = 0; index < 4; index++) {
                    patterns.add(heard(batch, index));
                }
            }

            // Then
            assertThat(patterns)
                    .containsExactlyInAnyOrder(
                            List.of(true, false, true, true),
                            List.of(true, true, false, true),
                            List.of(true, true, true, false));
        }
    }

    @Test
    void crossedMixturesHaveStemsOfDifferentTracksAndOthersDoNot() throws Exception {
        // Given
        Dataset tones = tones(4);
        Curriculum all = new Curriculum(1, 4, 4, 0);

        // When
        int crossed = 0;
        int whole = 0;
        try (var feed = new BatchFeed(tones, all, Variations.crossing(1, 1), CHUNKS, 3, 0, 1)) {
            for (int step = 0; step < 10; step++) {
                Batch batch = feed.next();
                for (int index = 0; index < 4; index++) {
                    boolean different = levels(batch, index).size() > 1;
                    crossed += step > 0 && different ? 1 : 0;
                    whole += step == 0 && !different ? 1 : 0;
                }
            }
        }

        // Then: four draws of four tracks are all the same once in 64
        assertThat(whole).isEqualTo(4);
        assertThat(crossed).isGreaterThan(30);
    }

    @Test
    void everyPassGoesThroughAllTracks() throws Exception {
        // Given
        Dataset tones = tones(5);
        Curriculum oneByOne = new Curriculum(1, 1, 1, 1);

        // When
        List<Float> order = new ArrayList<>();
        try (var feed = new BatchFeed(tones, oneByOne, Augmentation.none(), new ChunkSettings(100, 1), 3, 0, 2)) {
            for (int step = 0; step < 15; step++) {
                order.add(feed.next().stems()[0]);
            }
        }

        // Then
        Set<Float> all = Set.copyOf(order);
        assertThat(all).hasSize(5);
        assertThat(Set.copyOf(order.subList(0, 5))).isEqualTo(all);
        assertThat(Set.copyOf(order.subList(5, 10))).isEqualTo(all);
        assertThat(order.subList(0, 5)).isNotEqualTo(order.subList(5, 10));
    }

    @Test
    void aPassageThatCannotBeReadStopsItsStepWithTheReason() throws Exception {
        // Given
        LabelledTrack broken = new LabelledTrack() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public long lengthFrames() {
                return 44_100;
            }

            @Override
            public float[][] read(String stem, long firstFrame, int frames) {
                throw new DatasetException("vocals.wav: the file is gone");
            }
        };
        Dataset dataset = new MemoryDataset(STEMS, STEREO, Map.of(Split.TRAIN, List.of(broken)));

        // When
        try (var feed = feed(dataset, 7, 2)) {
            // Then
            assertThatThrownBy(feed::next)
                    .isInstanceOf(DatasetException.class)
                    .hasMessage("The batch of step 7 could not be prepared: vocals.wav: the file is gone");
        }
    }

    @Test
    void aDatasetWithoutTrainingTracksIsRefused() {
        // Given
        Dataset empty = new MemoryDataset(STEMS, STEREO, Map.of());

        // Then
        assertThatThrownBy(() -> feed(empty, 0, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage("memory: no track to train with (0 tracks)");
        assertThatThrownBy(() -> ValidationBatches.of(empty, CHUNKS, 4, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage("memory: no track to validate with (0 tracks)");
    }

    @Test
    void timeWaitedIsCounted() throws Exception {
        // Given
        try (var feed = feed(songs(), 0, 1)) {
            // When
            assertThat(feed.waited()).isZero();
            feed.next();

            // Then
            assertThat(feed.waited()).isPositive();
        }
    }

    @Test
    void validationChunksAreTheSameEveryTime() {
        // When
        List<Batch> first = ValidationBatches.of(songs(), CHUNKS, 6, 1);
        List<Batch> second = ValidationBatches.of(songs(), CHUNKS, 6, 1);

        // Then
        assertThat(first).extracting(Batch::size).containsExactly(4, 2);
        for (int i = 0; i < 2; i++) {
            assertThat(second.get(i).mixtures()).isEqualTo(first.get(i).mixtures());
            assertThat(second.get(i).stems()).isEqualTo(first.get(i).stems());
        }
    }

    @Test
    void aTrackShorterThanAChunkIsFollowedBySilence() throws Exception {
        // Given
        Map<String, float[][]> stems = Map.of("vocals", constant(0.5f, 1000));
        Dataset dataset = new MemoryDataset(
                List.of("vocals"), STEREO, Map.of(Split.TRAIN, List.of(MemoryDataset.track("short", stems))));

        // When
        Batch batch;
        try (var feed = new BatchFeed(dataset, CURRICULUM, Augmentation.none(), CHUNKS, 3, 0, 1)) {
            batch = feed.next();
        }

        // Then
        assertThat(Arrays.copyOf(batch.mixtures(), 1000)).containsOnly(0.5f);
        assertThat(Arrays.copyOfRange(batch.mixtures(), 1000, CHUNK)).containsOnly(0);
    }

    private static int place(float[] piece, float[] whole) {
        for (int from = 0; from + piece.length <= whole.length; from++) {
            if (Arrays.equals(piece, 0, piece.length, whole, from, from + piece.length)) {
                return from;
            }
        }
        throw new AssertionError("The chunk is nowhere in the song");
    }

    private static List<Boolean> heard(Batch batch, int index) {
        List<Boolean> heard = new ArrayList<>();
        for (int stem = 0; stem < 4; stem++) {
            heard.add(batch.stems()[(index * 4 + stem) * STEM + 10] != 0);
        }
        return heard;
    }

    private static Set<Float> levels(Batch batch, int index) {
        Set<Float> levels = new HashSet<>();
        for (int stem = 0; stem < 4; stem++) {
            levels.add(batch.stems()[(index * 4 + stem) * STEM + 10]);
        }
        return levels;
    }

    /** Tracks that hold one value each. */
    private static Dataset tones(int count) {
        List<LabelledTrack> tracks = new ArrayList<>();
        for (int track = 1; track <= count; track++) {
            float[][] level = constant(0.1f * track, 44_100);
            tracks.add(MemoryDataset.track(
                    "track " + track, Map.of("vocals", level, "drums", level, "bass", level, "other", level)));
        }
        return new MemoryDataset(STEMS, STEREO, Map.of(Split.TRAIN, tracks));
    }

    private static float[][] constant(float value, int frames) {
        float[][] samples = new float[2][frames];
        Arrays.fill(samples[0], value);
        Arrays.fill(samples[1], value);
        return samples;
    }

    private static Dataset songs() {
        return new GeneratedSongs(
                new SongGenerator(),
                Duration.ofMillis(1500),
                GeneratedSongs.Seeds.standard(),
                STEREO,
                StemChoice.standard());
    }

    private static BatchFeed feed(Dataset dataset, int firstStep, int threads) {
        return new BatchFeed(dataset, CURRICULUM, Augmentation.standard(), CHUNKS, 5, firstStep, threads);
    }
}
