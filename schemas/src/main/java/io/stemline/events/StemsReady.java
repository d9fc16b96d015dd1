package io.stemline.events;

import java.util.List;
import java.util.Optional;

/**
 * A track was separated; its stems lie in the object store.
 *
 * @param separationId hash of track id, model id and parameters, 64 hexadecimal digits
 * @param mixture key of the separated audio file
 * @param manifest key of the separation's manifest
 * @param seconds how long the work took
 */
public record StemsReady(
        String trackId,
        String separationId,
        String modelId,
        String mixture,
        List<Stem> stems,
        String manifest,
        double seconds,
        List<Reference> references,
        Optional<Origin> origin)
        implements Event {

    public StemsReady {
        stems = List.copyOf(stems);
        references = references == null ? List.of() : List.copyOf(references);
    }

    @Override
    public String key() {
        return trackId;
    }

    /**
     * @param stem name of the stem
     * @param object key of its audio file
     * @param peakDb highest absolute sample, in dB of full scale; negative infinity for silence
     * @param rmsDb root mean square over all channels, in dB of full scale; negative infinity for silence
     */
    public record Stem(String stem, String object, double peakDb, double rmsDb) {}
}
