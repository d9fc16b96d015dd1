package io.stemline.separation.streaming;

import java.util.OptionalLong;

/** Hears how far a separation is. Called by the thread that separates, several times a minute of audio. */
@FunctionalInterface
public interface SeparationListener {

    /**
     * Frames of all stems were written.
     *
     * @param framesDone how many since the beginning
     * @param framesTotal how many there will be, if the caller said so
     */
    void progress(long framesDone, OptionalLong framesTotal);
}
