package io.stemline.ingest.intake;

import io.stemline.audio.AudioProbe;
import io.stemline.events.AudioReady;
import io.stemline.ingest.references.StoredReference;
import java.util.List;
import java.util.Set;

/**
 * A track in the object store.
 *
 * @param object key of its audio file
 * @param tags what the submitter said, completed by what the file says
 * @param sounds what it and its references sound like; known where there are references
 * @param warnings what is wrong with its files though they can be used
 */
record StoredTrack(
        String trackId,
        String object,
        AudioProbe probe,
        AudioReady.Tags tags,
        List<StoredReference> references,
        Set<String> sounds,
        List<String> warnings) {

    AudioReady.Audio audio() {
        return audio(probe);
    }

    static AudioReady.Audio audio(AudioProbe probe) {
        return new AudioReady.Audio(probe.container(), probe.sampleRateHz(), probe.channels(), probe.lengthFrames());
    }
}
