package io.stemline.ingest.intake;

import io.stemline.audio.AudioProbe;
import io.stemline.events.AudioReady;
import io.stemline.ingest.references.StoredReference;
import java.util.List;

/**
 * A track in the object store.
 *
 * @param object key of its audio file
 * @param tags what the submitter said, completed by what the file says
 * @param warnings what is wrong with its files though they can be used
 */
record StoredTrack(
        String trackId,
        String object,
        AudioProbe probe,
        AudioReady.Tags tags,
        List<StoredReference> references,
        List<String> warnings) {

    AudioReady.Audio audio() {
        return audio(probe);
    }

    static AudioReady.Audio audio(AudioProbe probe) {
        return new AudioReady.Audio(probe.container(), probe.sampleRateHz(), probe.channels(), probe.lengthFrames());
    }
}
