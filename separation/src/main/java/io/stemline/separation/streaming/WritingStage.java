package io.stemline.separation.streaming;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.Resampler;
import io.stemline.separation.SeparationCancelledException;
import io.stemline.separation.SeparationException;
import io.stemline.separation.model.ModelCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The last stage of a track, in the caller's thread. For each segment in turn: synthesise every stem but the remainder,
 * give the segment back, convert the stems to the mixture's rate, take the remainder as the mixture minus their sum, and
 * write as many frames as all stems and the mixture have. At the end stems are cut or filled up to the mixture's length:
 * rate conversion may be a frame off. The first failure of any stage is thrown here.
 */
final class WritingStage {

    private static final int BLOCK_FRAMES = 8192;

    private final Track track;
    private final SegmentPools pools;
    private final List<SegmentSynthesis> syntheses;
    private final List<AudioSink> sinks;
    private final List<StemMeter> meters;
    private final int[] synthesised;
    private final Optional<Integer> remainder;
    private final SeparationOptions options;
    private final SampleQueue mixture;
    private final SampleQueue[] atNetworkRate;
    private final SampleQueue[] atMixtureRate;
    private final List<Resampler> resamplers = new ArrayList<>();
    private final float[][] block;
    private long written;

    WritingStage(
            Track track,
            SegmentPools pools,
            List<SegmentSynthesis> syntheses,
            List<AudioSink> sinks,
            ModelCard card,
            AudioFormat format,
            int networkRateHz,
            SeparationOptions options) {
        this.track = track;
        this.pools = pools;
        this.syntheses = syntheses;
        this.sinks = sinks;
        this.meters = card.stems().stream().map(StemMeter::new).toList();
        this.synthesised = synthesisedStems(card);
        this.remainder = card.remainder().map(card.stems()::indexOf);
        this.options = options;
        this.mixture = new SampleQueue(format.channels());
        this.block = new float[format.channels()][BLOCK_FRAMES];
        this.atNetworkRate = newQueues(format.channels());
        boolean converted = networkRateHz != format.sampleRateHz();
        this.atMixtureRate = converted ? newQueues(format.channels()) : atNetworkRate;
        if (converted) {
            for (int index = 0; index < synthesised.length; index++) {
                resamplers.add(new Resampler(format.channels(), networkRateHz, format.sampleRateHz()));
            }
        }
    }

    /** Indices of the stems that are synthesised: all but the remainder. */
    static int[] synthesisedStems(ModelCard card) {
        int remainder = card.remainder().map(card.stems()::indexOf).orElse(-1);
        return IntStream.range(0, card.stems().size())
                .filter(stem -> stem != remainder)
                .toArray();
    }

    private SampleQueue[] newQueues(int channels) {
        var queues = new SampleQueue[synthesised.length];
        for (int index = 0; index < queues.length; index++) {
            queues[index] = new SampleQueue(channels);
        }
        return queues;
    }

    /** Runs until the track is written and returns its length in frames. */
    long run() {
        try {
            return writeToTheEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SeparationCancelledException("the separation was interrupted");
        } finally {
            resamplers.forEach(Resampler::close);
        }
    }

    List<StemSummary> summaries() {
        double energy = meters.stream().mapToDouble(StemMeter::energy).sum();
        return meters.stream().map(meter -> meter.summary(energy, written)).toList();
    }

    private long writeToTheEnd() throws InterruptedException {
        long done = 0;
        long expected = Long.MAX_VALUE;
        long lengthFrames = 0;
        while (done < expected) {
            switch (track.take()) {
                case Track.Estimated estimated -> {
                    accept(estimated.segment());
                    done++;
                }
                case Track.EndOfMixture end -> {
                    expected = end.segments();
                    lengthFrames = end.lengthFrames();
                }
                case Track.Failed failed -> throw failure(failed.cause());
            }
        }
        finish(lengthFrames);
        return written;
    }

    private static RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case SeparationException exception -> exception;
            case RuntimeException exception
            when exception.getMessage() != null -> new SeparationException(exception.getMessage(), exception);
            default -> new SeparationException("the separation failed: " + cause, cause);
        };
    }

    private void accept(Segment segment) {
        syntheses.get(segment.group()).accept(segment, atNetworkRate);
        pools.giveBack(segment);
        convertRates();
        takeMixture();
        write(writable());
    }

    private void finish(long lengthFrames) {
        takeMixture();
        for (int index = 0; index < resamplers.size(); index++) {
            append(resamplers.get(index).finish(), atMixtureRate[index]);
        }
        for (var stem : atMixtureRate) {
            int missing = mixture.available() - stem.available();
            if (missing > 0) {
                stem.appendSilence(missing);
            }
        }
        write(writable());
        if (written != lengthFrames) {
            throw new SeparationException("wrote " + written + " of " + lengthFrames + " frames");
        }
    }

    private void convertRates() {
        for (int index = 0; index < resamplers.size(); index++) {
            var queue = atNetworkRate[index];
            int frames = queue.available();
            if (frames > 0) {
                append(resamplers.get(index).process(queue.samples(), queue.start(), frames), atMixtureRate[index]);
                queue.drop(frames);
            }
        }
    }

    private static void append(float[][] samples, SampleQueue queue) {
        queue.append(samples, 0, 0, samples[0].length);
    }

    private void takeMixture() {
        for (float[][] next = track.pollMixture(); next != null; next = track.pollMixture()) {
            mixture.append(next, 0, 0, next[0].length);
        }
    }

    private int writable() {
        int frames = mixture.available();
        for (var stem : atMixtureRate) {
            frames = Math.min(frames, stem.available());
        }
        return frames;
    }

    private void write(int frames) {
        for (int left = frames; left > 0; left -= BLOCK_FRAMES) {
            writeBlock(Math.min(left, BLOCK_FRAMES));
        }
        if (frames > 0) {
            options.listener().progress(written, options.lengthFrames());
        }
    }

    private void writeBlock(int frames) {
        for (int index = 0; index < synthesised.length; index++) {
            write(synthesised[index], atMixtureRate[index].samples(), atMixtureRate[index].start(), frames);
        }
        if (remainder.isPresent()) {
            takeRemainder(frames);
            write(remainder.get(), block, 0, frames);
        }
        mixture.drop(frames);
        for (var stem : atMixtureRate) {
            stem.drop(frames);
        }
        written += frames;
    }

    private void write(int stem, float[][] samples, int offset, int frames) {
        sinks.get(stem).write(samples, offset, frames);
        meters.get(stem).add(samples, offset, frames);
    }

    private void takeRemainder(int frames) {
        for (int channel = 0; channel < block.length; channel++) {
            float[] rest = block[channel];
            System.arraycopy(mixture.samples()[channel], mixture.start(), rest, 0, frames);
            for (var stem : atMixtureRate) {
                float[] samples = stem.samples()[channel];
                int start = stem.start();
                for (int n = 0; n < frames; n++) {
                    rest[n] -= samples[start + n];
                }
            }
        }
    }
}
