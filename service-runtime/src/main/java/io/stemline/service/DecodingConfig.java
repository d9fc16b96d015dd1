package io.stemline.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How far audio files are followed before they are refused; the same for all services that decode. */
@ConfigMapping(prefix = "stemline.decoding")
public interface DecodingConfig {

    /** How much sound a file may give, however small it is. */
    @WithDefault("24h")
    Duration longest();

    /** How many channels a file may have; at most 64. */
    @WithDefault("64")
    int mostChannels();

    /** The lowest sample rate of a file. */
    @WithDefault("1000")
    int lowestSampleRateHz();

    /** The highest sample rate of a file; at most 6144000. */
    @WithDefault("768000")
    int highestSampleRateHz();

    /** How long a file may be read without any sound coming out of it. */
    @WithDefault("1m")
    Duration patience();

    /** How large a file may be. */
    @WithDefault("68719476736")
    long largestBytes();

    /**
     * Whether each file is decoded in a process of its own: half a second more for a file, and one that crashes FFmpeg costs itself alone,
     * not the service.
     */
    @WithDefault("false")
    boolean ownProcess();
}
