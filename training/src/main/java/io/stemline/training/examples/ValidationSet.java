package io.stemline.training.examples;

import io.stemline.training.songs.SongGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fixed mixtures of songs that training never sees: stretches of each song as it is, none of them silent. */
public final class ValidationSet {
    private ValidationSet() {}

    /** One mixture from each of {@code chunks} songs, in batches. */
    public static List<Batch> of(
            long firstSeed, double songSeconds, SpectrumSettings settings, int frames, int chunks, int batchSize) {
        SongGenerator generator = new SongGenerator();
        ChunkMixer mixer = new ChunkMixer(frames, settings.bins(), Augmentation.none());
        Duration length = Duration.ofMillis(Math.round(songSeconds * 1000));
        List<Batch> batches = new ArrayList<>();
        for (int first = 0; first < chunks; first += batchSize) {
            int size = Math.min(batchSize, chunks - first);
            List<SongSpectra> songs = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                songs.add(SongSpectra.of(generator.generate(firstSeed + first + i, length), settings));
            }
            batches.add(mixer.mixOneOfEach(songs, firstSeed + first));
        }
        return batches;
    }
}
