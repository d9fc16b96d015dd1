package io.stemline.separation.blind;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.streaming.Segment;
import io.stemline.separation.streaming.StemEstimator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A method without weights between two stems: the first has the mask's share of the mixture, the second the rest. What the
 * method needs to work with is allocated when it first has work.
 */
final class BlindEstimator implements StemEstimator {

    private static final int CHANNELS = 2;

    private final ModelCard card;
    private final Supplier<SegmentMask> method;
    private final int bins;
    private final AtomicLong computingNanos = new AtomicLong();
    private Optional<Workplace> workplace = Optional.empty();

    /** What is allocated once: the method, and {@code [channel][frame * bins + bin]} of magnitudes and of masks. */
    private record Workplace(SegmentMask method, float[][] magnitudes, float[][] mask) {}

    BlindEstimator(ModelCard card, Supplier<SegmentMask> method) {
        this.card = card;
        this.method = method;
        this.bins = card.stft().orElseThrow().bins();
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void estimate(List<Segment> batch) {
        long start = System.nanoTime();
        if (workplace.isEmpty()) {
            int values = card.segment().frames() * bins;
            workplace =
                    Optional.of(new Workplace(method.get(), new float[CHANNELS][values], new float[CHANNELS][values]));
        }
        for (var segment : batch) {
            estimate(segment, workplace.get());
        }
        computingNanos.addAndGet(System.nanoTime() - start);
    }

    private void estimate(Segment segment, Workplace at) {
        int channels = segment.spectrumRe().length;
        float[][] magnitudes = channels == CHANNELS ? at.magnitudes() : new float[][] {at.magnitudes()[0]};
        float[][] mask = channels == CHANNELS ? at.mask() : new float[][] {at.mask()[0]};
        int values = segment.validFrames() * bins;
        for (int channel = 0; channel < channels; channel++) {
            for (int n = 0; n < values; n++) {
                magnitudes[channel][n] = segment.input()[n * CHANNELS + channel];
            }
        }
        at.method()
                .compute(
                        new SegmentSpectrum(
                                magnitudes, segment.spectrumRe(), segment.spectrumIm(), segment.validFrames(), bins),
                        mask);
        write(mask, segment.output(), values);
    }

    /** A channel alone is shown as both. */
    private static void write(float[][] mask, float[] output, int values) {
        float[] left = mask[0];
        float[] right = mask[mask.length - 1];
        for (int n = 0; n < values; n++) {
            output[4 * n] = left[n];
            output[4 * n + 1] = right[n];
            output[4 * n + 2] = 1 - left[n];
            output[4 * n + 3] = 1 - right[n];
        }
    }

    @Override
    public Duration computing() {
        return Duration.ofNanos(computingNanos.get());
    }

    @Override
    public void close() {
        workplace = Optional.empty();
    }
}
