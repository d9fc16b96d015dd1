package io.stemline.ingest.intake;

import io.stemline.audio.AudioProbe;
import io.stemline.events.AudioReady;
import io.stemline.events.Reference;
import java.util.List;

/**
 * A track in the object store.
 *
 * @param object key of its audio file
 * @param tags what the submitter said, completed by what the file says
 */
record StoredTrack(String trackId, String object, AudioProbe probe, AudioReady.Tags tags, List<Reference> references) {

    AudioReady.Audio audio() {
        return new AudioReady.Audio(probe.container(), probe.sampleRateHz(), probe.channels(), probe.lengthFrames());
    }
}
