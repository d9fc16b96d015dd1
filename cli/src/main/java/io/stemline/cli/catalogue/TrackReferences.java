package io.stemline.cli.catalogue;

import java.util.List;

/**
 * The true stems of a track.
 *
 * @param split what the track may be used for
 * @param changed whether anything is new
 */
public record TrackReferences(String trackId, String split, List<String> stems, boolean changed) {}
