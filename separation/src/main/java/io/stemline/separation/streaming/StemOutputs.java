package io.stemline.separation.streaming;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;

/** Where stems go. */
@FunctionalInterface
public interface StemOutputs {

    /**
     * Opens the place for one stem. The separator closes the sink, also when it fails; only a separation that returns has
     * written whole stems.
     *
     * @param stem the stem's name
     * @param format the mixture's format
     */
    AudioSink open(String stem, AudioFormat format);
}
