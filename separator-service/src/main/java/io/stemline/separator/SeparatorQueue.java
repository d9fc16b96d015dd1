package io.stemline.separator;

import io.stemline.events.AudioReady;
import io.stemline.events.Topics;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.service.QueueRole;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The queues of tracks to be separated: those that somebody waits for, and those that let them go first. */
final class SeparatorQueue {

    @Produces
    @Singleton
    QueueRole tracks(SeparateTrack separateTrack, LoadedModels models) {
        return new QueueRole(
                Topics.AUDIO_READY,
                "separator-service",
                models::tracksInFlight,
                EventHandler.reading(AudioReady.class, separateTrack),
                Optional.empty());
    }

    @Produces
    @Singleton
    QueueRole laterTracks(SeparateTrack separateTrack, SeparatorConfig config) {
        return new QueueRole(
                Topics.AUDIO_READY_LATER,
                "separator-service-later",
                config.separator()::laterTracksInFlight,
                EventHandler.reading(AudioReady.class, separateTrack),
                Optional.of(Topics.AUDIO_READY));
    }
}
