package io.stemline.ingest.progress;

import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.batches.ItemView;
import java.util.List;

/**
 * What changed in a batch since the event before.
 *
 * @param batch the batch as it stands
 * @param changed entries whose state changed, a thousand at the most; the first events tell of all of them
 * @param working entries under work right now
 */
public record BatchProgress(BatchView batch, List<ItemView> changed, List<Working> working) {}
