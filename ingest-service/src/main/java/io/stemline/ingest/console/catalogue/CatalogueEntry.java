package io.stemline.ingest.console.catalogue;

import io.stemline.ingest.batches.ItemState;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of the catalogue: a track as one batch submitted it.
 *
 * @param title as submitted, else as the file says, else the file's name
 * @param reason why it failed, where it did
 * @param model the model that separated it, or is to
 * @param sdrDb median over the stems, where the track has references
 */
public record CatalogueEntry(
        String itemId,
        String batchId,
        String batchName,
        String title,
        Optional<String> artist,
        ItemState state,
        Optional<String> reason,
        Optional<String> trackId,
        Optional<String> separationId,
        Optional<String> model,
        Optional<Double> sdrDb,
        Optional<Double> lengthSeconds,
        Instant changedAt) {}
