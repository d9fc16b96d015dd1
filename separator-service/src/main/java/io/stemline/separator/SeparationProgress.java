package io.stemline.separator;

import io.stemline.events.AudioReady;
import io.stemline.events.Progress;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.separation.streaming.SeparationListener;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who watch how far a track is, a few times a second at most. Nothing depends on it. */
final class SeparationProgress implements SeparationListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(SeparationProgress.class);
    private static final long BETWEEN_WORDS_NANOS = Duration.ofMillis(400).toNanos();

    private final EventPublisher publisher;
    private final AudioReady track;
    private long nextWordAt = System.nanoTime();

    SeparationProgress(EventPublisher publisher, AudioReady track) {
        this.publisher = publisher;
        this.track = track;
    }

    @Override
    public void progress(long framesDone, OptionalLong framesTotal) {
        long now = System.nanoTime();
        if (now >= nextWordAt && track.origin().isPresent()) {
            nextWordAt = now + BETWEEN_WORDS_NANOS;
            say(Math.min(1, (double) framesDone / track.audio().lengthFrames()));
        }
    }

    private void say(double fraction) {
        CompletableFuture<Void> said = publisher.publish(OutgoingEvent.once(
                new Progress(track.trackId(), "separator-service", "separating", fraction, track.origin())));
        said.whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOGGER.atDebug().log("Progress was not published: {}", failure.toString());
            }
        });
    }
}
