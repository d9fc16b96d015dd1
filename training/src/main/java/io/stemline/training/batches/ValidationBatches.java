package io.stemline.training.batches;

import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.DatasetException;
import io.stemline.training.datasets.Draws;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.Split;
import java.util.ArrayList;
import java.util.List;

/** Fixed chunks of the validation tracks as they are, the same for every run of the same seed. */
public final class ValidationBatches {
    /** A chunk is drawn from a stretch this many times as long, so that one that is heard is found. */
    private static final int CHOICE = 4;

    private ValidationBatches() {}

    /**
     * As many chunks as asked for, from the validation tracks in turn.
     *
     * @throws DatasetException if the data set has no validation tracks
     */
    public static List<Batch> of(Dataset dataset, ChunkSettings chunks, int count, long seed) {
        List<LabelledTrack> tracks = dataset.tracks(Split.VALIDATION);
        if (tracks.isEmpty()) {
            throw new DatasetException(dataset.name() + ": no track to validate with ("
                    + dataset.report().summary() + ")");
        }
        ChunkMixer mixer = new ChunkMixer(
                dataset.stems(),
                dataset.format().sampleRateHz(),
                dataset.format().channels(),
                chunks.chunkFrames(),
                Augmentation.none(),
                seed);
        List<Batch> batches = new ArrayList<>();
        for (int first = 0; first < count; first += chunks.batchSize()) {
            List<Passage> passages = new ArrayList<>();
            for (int index = first; index < Math.min(count, first + chunks.batchSize()); index++) {
                passages.add(passage(dataset, tracks.get(index % tracks.size()), chunks.chunkFrames(), seed, index));
            }
            batches.add(mixer.mixOneOfEach(passages, first));
        }
        return List.copyOf(batches);
    }

    private static Passage passage(Dataset dataset, LabelledTrack track, int chunkFrames, long seed, int index) {
        int frames = (int) Math.min((long) CHOICE * chunkFrames, track.lengthFrames());
        long from = Draws.of(seed, index, 3).below(track.lengthFrames() - frames + 1);
        return Passage.read(track, dataset.stems(), from, frames);
    }
}
