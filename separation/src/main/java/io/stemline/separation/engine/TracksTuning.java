package io.stemline.separation.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how many tracks have to be in flight to keep a network busy, by separating some noise and looking at the share
 * of the time that the network computed. With a share of s one track leaves room for 1/s; one more bridges the ends and
 * beginnings of tracks.
 */
final class TracksTuning {

    private static final Logger LOGGER = LoggerFactory.getLogger(TracksTuning.class);

    private static final int SEGMENTS = 6;
    private static final int MOST = 32;

    private TracksTuning() {}

    static int measure(LoadedModel model) {
        var card = model.estimator().card();
        long before = model.estimator().computing().toNanos();
        long start = System.nanoTime();
        NoiseTrack.separate(model.separator(), card, SEGMENTS);
        double share = (double) (model.estimator().computing().toNanos() - before) / (System.nanoTime() - start);
        int processors = Runtime.getRuntime().availableProcessors();
        int tracks = (int) Math.clamp(Math.ceil(1 / share) + 1, 2, Math.min(MOST, Math.max(2, 2 * processors)));
        LOGGER.atInfo()
                .addKeyValue("model", card.id())
                .addKeyValue("tracksInFlight", tracks)
                .addKeyValue("networkShare", share)
                .log("number of tracks in flight found");
        return tracks;
    }
}
