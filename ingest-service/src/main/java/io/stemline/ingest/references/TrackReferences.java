package io.stemline.ingest.references;

import io.stemline.registry.Split;
import java.util.List;

/**
 * The references of a track as the API shows them.
 *
 * @param split what the track may be used for
 * @param stems the stems that it has references for, those from before with them
 * @param changed whether the request brought anything that was not there; what was separated is then scored again
 */
public record TrackReferences(String trackId, Split split, List<String> stems, boolean changed) {}
