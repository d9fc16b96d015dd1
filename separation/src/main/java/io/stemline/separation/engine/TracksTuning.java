package io.stemline.separation.engine;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.separation.streaming.SeparationOptions;
import java.util.List;
import java.util.Random;
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
        long hop = card.stft().map(stft -> (long) stft.hopLength()).orElse(1L);
        var format = new AudioFormat(card.sampleRateHz(), card.channels());
        long before = model.estimator().computing().toNanos();
        long start = System.nanoTime();
        var noise = new Noise(format, SEGMENTS * hop * card.segment().stride());
        model.separator().separate(noise, (stem, stemFormat) -> new Nowhere(stemFormat), SeparationOptions.none());
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

    private static final class Noise implements AudioSource {

        private final AudioFormat format;
        private final Random random = new Random(1);
        private long left;

        Noise(AudioFormat format, long lengthFrames) {
            this.format = format;
            this.left = lengthFrames;
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public int read(float[][] block, int offset, int frames) {
            int count = (int) Math.min(frames, left);
            for (float[] channel : block) {
                for (int n = offset; n < offset + count; n++) {
                    channel[n] = random.nextFloat() - 0.5f;
                }
            }
            left -= count;
            return count == 0 ? -1 : count;
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private record Nowhere(AudioFormat format) implements AudioSink {

        @Override
        public void write(float[][] block, int offset, int frames) {}

        @Override
        public void close() {}
    }
}
