package io.stemline.ingest.intake;

import io.stemline.events.AudioReady;
import io.stemline.events.Origin;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import io.stemline.registry.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An accepted entry of a batch that nobody has looked at yet.
 *
 * @param dataset the data set that it joins; it is then not separated
 * @param split what the data set means it for
 */
record ReceivedItem(
        Origin origin,
        Path file,
        String name,
        AudioReady.Tags tags,
        List<ReferenceFile> references,
        AudioReady.Wish wish,
        Optional<String> dataset,
        Optional<Split> split) {}
