package io.stemline.ingest.intake;

import io.stemline.events.AudioReady;
import io.stemline.events.Origin;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import java.nio.file.Path;
import java.util.List;

/** An accepted entry of a batch that nobody has looked at yet. */
record ReceivedItem(
        Origin origin,
        Path file,
        String name,
        AudioReady.Tags tags,
        List<ReferenceFile> references,
        AudioReady.Wish wish) {}
