package io.stemline.separator;

import io.stemline.audio.Encoding;
import io.stemline.events.AudioReady;
import io.stemline.events.ContentIds;

/** One track to be separated by one model into files of one encoding. */
record SeparationJob(AudioReady track, String modelId, Encoding encoding) {

    String separationId() {
        return ContentIds.separation(
                track.trackId(), modelId, "encoding=" + track.separation().encoding());
    }

    /** Where its files lie in the object store. */
    String prefix() {
        return "separations/" + separationId() + "/";
    }

    String manifest() {
        return prefix() + "manifest.json";
    }
}
