package io.stemline.cli.batches;

import io.stemline.cli.catalogue.Batch;
import io.stemline.cli.catalogue.Item;
import io.stemline.cli.stems.StemDownloads.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of a batch.
 *
 * @param tracks its entries, in their order
 * @param took time from the submission to the last stem
 */
public record BatchOutcome(Batch batch, List<Track> tracks, Duration took) {

    public BatchOutcome {
        tracks = List.copyOf(tracks);
    }

    /**
     * What became of an entry.
     *
     * @param delivery its stems, if they are in the output folder
     * @param failure why it has none, in one sentence
     */
    public record Track(Item item, Optional<Delivery> delivery, Optional<String> failure) {}

    /** The entries without stems. */
    public List<Track> failed() {
        return tracks.stream().filter(track -> track.failure().isPresent()).toList();
    }
}
