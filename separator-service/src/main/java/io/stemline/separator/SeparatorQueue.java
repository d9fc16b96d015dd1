package io.stemline.separator;

import io.stemline.events.AudioReady;
import io.stemline.events.Topics;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.service.QueueRole;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The queue of tracks to be separated. */
final class SeparatorQueue {

    @Produces
    @Singleton
    QueueRole tracks(SeparateTrack separateTrack, Models models) {
        return new QueueRole(
                Topics.AUDIO_READY,
                "separator-service",
                models.tracksInFlight(),
                EventHandler.reading(AudioReady.class, separateTrack));
    }
}
