package io.stemline.separation.streaming;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.Origin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The model that separates nothing: every stem is the mixture divided by the number of stems. It has no weights, runs at
 * the mixture's own rate, and shows what everything around a network costs.
 */
public final class NullEstimator implements StemEstimator {

    /** The model's id. */
    public static final String ID = "null";

    private static final ModelCard CARD = ModelCard.builder(ID)
            .name("Null model")
            .description("Every stem is the mixture divided by the number of stems.")
            .stems("vocals", "drums", "bass", "other")
            .channels(1)
            .waveform("mixture", "stems")
            .segment(16_384, 0)
            .remainder("other")
            .origin(Origin.builtIn())
            .build();

    private final AtomicLong computingNanos = new AtomicLong();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public int sampleRateHz(int mixtureRateHz) {
        return mixtureRateHz;
    }

    @Override
    public void estimate(List<Segment> batch) {
        long start = System.nanoTime();
        int stems = CARD.stems().size();
        for (var segment : batch) {
            float[] mixture = segment.input();
            float[] signals = segment.output();
            for (int n = 0; n < mixture.length; n++) {
                for (int stem = 0; stem < stems; stem++) {
                    signals[n * stems + stem] = mixture[n] / stems;
                }
            }
        }
        computingNanos.addAndGet(System.nanoTime() - start);
    }

    @Override
    public Duration computing() {
        return Duration.ofNanos(computingNanos.get());
    }

    @Override
    public void close() {}
}
