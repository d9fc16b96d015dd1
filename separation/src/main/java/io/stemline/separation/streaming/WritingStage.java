package io.stemline.separation.streaming;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.separation.SeparationCancelledException;
import io.stemline.separation.SeparationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last stage of a track, in the caller's thread. For each segment in turn: synthesise the stems that the plan needs,
 * give the segment back, take the mean of all shifts, convert to the stems' rate, make what is written of them and the
 * mixture, and write as many frames as all of them have. At the end stems are cut or filled up to the mixture's length:
 * rate conversion may be a frame off. The first failure of any stage is thrown here.
 */
final class WritingStage {

    private static final int BLOCK_FRAMES = 8192;
    private static final float FULL_SCALE = 1;

    private final Track track;
    private final SegmentPools pools;
    private final List<SegmentSynthesis> syntheses;
    private final StemPlan plan;
    private final List<AudioSink> sinks;
    private final boolean clamped;
    private final ShiftAverage atNetworkRate;
    private final List<RateConversion> conversions = new ArrayList<>();
    private final SampleQueue[] signals;
    private final SampleQueue mixture;
    private final List<StemMeter> meters;
    private final float[][] block;
    private final WritingProgress progress;
    private long written;

    /**
     * @param syntheses one for each pass
     * @param sinks one for each stem of the plan
     * @param stemsFormat format of the stems
     * @param networkRateHz rate at which stems are synthesised
     * @param clamped whether samples above full scale are cut
     */
    WritingStage(
            Track track,
            SegmentPools pools,
            List<SegmentSynthesis> syntheses,
            StemPlan plan,
            List<AudioSink> sinks,
            AudioFormat stemsFormat,
            int networkRateHz,
            boolean clamped,
            WritingProgress progress) {
        int channels = stemsFormat.channels();
        int synthesised = plan.synthesised().length;
        this.track = track;
        this.pools = pools;
        this.syntheses = syntheses;
        this.plan = plan;
        this.sinks = sinks;
        this.clamped = clamped;
        this.progress = progress;
        this.atNetworkRate = new ShiftAverage(pools.shifts(), synthesised, channels);
        boolean converted = networkRateHz != stemsFormat.sampleRateHz();
        this.signals = converted ? SampleQueue.array(synthesised, channels) : atNetworkRate.mean();
        for (int index = 0; converted && index < synthesised; index++) {
            conversions.add(new RateConversion(channels, networkRateHz, stemsFormat.sampleRateHz()));
        }
        this.mixture = new SampleQueue(channels);
        this.meters = plan.stems().stream().map(StemMeter::new).toList();
        this.block = new float[channels][BLOCK_FRAMES];
    }

    /** Runs until the track is written and returns its length in frames. */
    long run() {
        try {
            return writeToTheEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SeparationCancelledException("the separation was interrupted");
        } finally {
            conversions.forEach(RateConversion::close);
        }
    }

    /** The loudest sample of all stems. */
    double peak() {
        return meters.stream().mapToDouble(StemMeter::peak).max().orElse(0);
    }

    /** The stems in figures, after all were made quieter or louder by a factor. */
    List<StemSummary> summaries(double factor) {
        double energy = meters.stream().mapToDouble(StemMeter::energy).sum();
        return meters.stream()
                .map(meter -> meter.summary(energy, written, factor))
                .toList();
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
        int shift = pools.pass(segment).shift();
        syntheses.get(segment.pass()).accept(segment, atNetworkRate.shift(shift));
        pools.giveBack(segment);
        atNetworkRate.advance();
        convertRates();
        takeMixture();
        write(writable());
    }

    private void finish(long lengthFrames) {
        takeMixture();
        for (int index = 0; index < conversions.size(); index++) {
            append(conversions.get(index).finish(), signals[index]);
        }
        for (var signal : signals) {
            signal.appendSilence(Math.max(0, mixture.available() - signal.available()));
        }
        write(writable());
        if (written != lengthFrames) {
            throw new SeparationException("wrote " + written + " of " + lengthFrames + " frames");
        }
    }

    private void convertRates() {
        for (int index = 0; index < conversions.size(); index++) {
            var queue = atNetworkRate.mean()[index];
            int frames = queue.available();
            if (frames > 0) {
                append(conversions.get(index).process(queue.samples(), queue.start(), frames), signals[index]);
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
        for (var signal : signals) {
            frames = Math.min(frames, signal.available());
        }
        return frames;
    }

    private void write(int frames) {
        for (int left = frames; left > 0; left -= BLOCK_FRAMES) {
            writeBlock(Math.min(left, BLOCK_FRAMES));
        }
        if (frames > 0) {
            progress.written(written);
        }
    }

    private void writeBlock(int frames) {
        for (int index = 0; index < sinks.size(); index++) {
            var output = plan.outputs().get(index);
            if (output.isSynthesised() && !clamped) {
                var signal = signals[output.signals()[0]];
                write(index, signal.samples(), signal.start(), frames);
            } else {
                fillBlock(output, frames);
                write(index, block, 0, frames);
            }
        }
        mixture.drop(frames);
        for (var signal : signals) {
            signal.drop(frames);
        }
        written += frames;
    }

    private void write(int index, float[][] samples, int offset, int frames) {
        sinks.get(index).write(samples, offset, frames);
        meters.get(index).add(samples, offset, frames);
    }

    private void fillBlock(StemPlan.Output output, int frames) {
        for (int channel = 0; channel < block.length; channel++) {
            float[] samples = block[channel];
            if (output.ofMixture()) {
                System.arraycopy(mixture.samples()[channel], mixture.start(), samples, 0, frames);
            } else {
                Arrays.fill(samples, 0, frames, 0);
            }
            for (int index : output.signals()) {
                add(signals[index], channel, output.ofMixture() ? -1 : 1, samples, frames);
            }
            if (clamped) {
                clamp(samples, frames);
            }
        }
    }

    private static void add(SampleQueue signal, int channel, int sign, float[] sum, int frames) {
        float[] samples = signal.samples()[channel];
        int start = signal.start();
        for (int n = 0; n < frames; n++) {
            sum[n] += sign * samples[start + n];
        }
    }

    private static void clamp(float[] samples, int frames) {
        for (int n = 0; n < frames; n++) {
            samples[n] = Math.clamp(samples[n], -FULL_SCALE, FULL_SCALE);
        }
    }
}
