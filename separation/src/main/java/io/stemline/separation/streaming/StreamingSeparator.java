package io.stemline.separation.streaming;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.audio.Resampler;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.Representation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Separates tracks of any length, rate and number of channels in memory that does not depend on their length.
 *
 * <p>Three stages run at the same time, joined by bounded pools of segments:
 *
 * <ol>
 *   <li>reading (a thread per track): read, convert to the model's rate, transform, cut into overlapping segments.
 *       A source that fails, or a sample that is not a number, fails the track.
 *   <li>the network ({@link NetworkStage}, a thread per model): batches of segments of all tracks. What it cannot compute
 *       fails the tracks of the batch.
 *   <li>writing (the caller's thread): cross-fade, mask, transform back, convert back, take the remainder, write. A sink
 *       that fails fails the track.
 * </ol>
 *
 * <p>Whatever fails first is thrown, with its cause; then the reading thread is interrupted and waited for, segments
 * still with the network are dropped there, and the sinks are closed. An interrupt of the caller and a
 * {@link Cancellation} do the same.
 *
 * <p>Stems have the mixture's rate, channels and length. If the card names a remainder, the sum of the stems is the
 * mixture up to the rounding of floats, also above the model's band and across rate conversion.
 *
 * <p>Cost of a second of stereo at 44.1 kHz, window 4096, hop 1024, four stems of which one is the remainder: 43 frames
 * with 2 forward and 6 inverse transforms. At 33 microseconds a transform that is a floor of 3 ms for reading and 8.5 ms
 * for writing, in different threads, beside the network. The writing stage was measured at 21 ms of processor time on a
 * busy machine: the rest is masks, windows, and moving spectra in and out of the transform.
 *
 * <p>The same mixture gives the same bytes in every run, as long as the network does not mind with which other segments
 * it sees one. TensorFlow on the processor did not in any network that was tried, in batches of one to four; on a GPU it
 * may choose its kernels by the size of the batch, and results then differ in the last digits of a float.
 */
public final class StreamingSeparator {

    private static final Logger LOGGER = LoggerFactory.getLogger(StreamingSeparator.class);

    private final NetworkStage network;
    private final ModelCard card;
    private final SegmentShape shape;
    private final Optional<Transform> transform;

    /**
     * A separator of one model.
     *
     * @throws ModelException if the model's representation is not supported, or its transform cannot be inverted
     */
    public StreamingSeparator(NetworkStage network) {
        this.network = network;
        this.card = network.card();
        requireSupported(card);
        this.shape = SegmentShape.of(card);
        this.transform = card.stft().map(Transform::new);
    }

    /**
     * Refuses models that no separator can run.
     *
     * @throws ModelException if the model's representation is not supported
     */
    public static void requireSupported(ModelCard card) {
        if (card.representation() == Representation.COMPLEX) {
            throw new ModelException("model '" + card.id()
                    + "': networks between complex spectra cannot be run yet; use a magnitude or waveform model");
        }
        card.stft().ifPresent(Transform::new);
    }

    /**
     * Separates one mixture, in the calling thread and one of its own. Safe to be called by several threads at once.
     *
     * @param source the mixture; read to its end, and left for the caller to close
     * @param outputs where the stems go
     * @throws io.stemline.separation.SeparationException if a stage fails
     * @throws io.stemline.separation.SeparationCancelledException if the thread is interrupted or the separation
     *     cancelled
     */
    public SeparationResult separate(AudioSource source, StemOutputs outputs, SeparationOptions options) {
        long start = System.nanoTime();
        var track = new Track();
        var format = source.format();
        int rateHz = network.estimator().sampleRateHz(format.sampleRateHz());
        var groups = ChannelGroup.of(format.channels(), card.channels());
        var pools = new SegmentPools(track, shape, groups, network.batchSize());
        Runnable cancel = track::cancel;
        options.cancellation().onCancel(cancel);
        try (var sinks = new OpenSinks(card.stems(), outputs, format)) {
            var writing =
                    new WritingStage(track, pools, syntheses(groups), sinks.inOrder(), card, format, rateHz, options);
            long lengthFrames = runBeside(reading(track, source, rateHz, groups, pools), track, writing);
            sinks.finish();
            var duration = Duration.ofNanos(System.nanoTime() - start);
            return new SeparationResult(card, format, lengthFrames, writing.summaries(), duration, source.warnings());
        } finally {
            options.cancellation().forget(cancel);
        }
    }

    private static long runBeside(ReadingStage reading, Track track, WritingStage writing) {
        var reader = Thread.ofPlatform().name("stemline-reading").daemon().start(reading);
        try {
            return writing.run();
        } finally {
            track.abandon();
            reader.interrupt();
            Threads.join(reader);
        }
    }

    private ReadingStage reading(
            Track track, AudioSource source, int rateHz, List<ChannelGroup> groups, SegmentPools pools) {
        var format = source.format();
        Optional<Resampler> resampler = rateHz == format.sampleRateHz()
                ? Optional.empty()
                : Optional.of(new Resampler(format.channels(), format.sampleRateHz(), rateHz));
        var analyses = new ArrayList<SegmentAnalysis>();
        for (int index = 0; index < groups.size(); index++) {
            var group = groups.get(index);
            var pool = pools.pool(index);
            analyses.add(
                    transform.isPresent()
                            ? new SpectrogramAnalysis(transform.get(), group, card.channels(), pool, network)
                            : new WaveformAnalysis(group, card.channels(), pool, network));
        }
        return new ReadingStage(track, source, resampler, analyses);
    }

    private List<SegmentSynthesis> syntheses(List<ChannelGroup> groups) {
        int[] synthesised = WritingStage.synthesisedStems(card);
        var syntheses = new ArrayList<SegmentSynthesis>();
        for (var group : groups) {
            syntheses.add(
                    transform.isPresent()
                            ? new SpectrogramSynthesis(card, transform.get(), group, synthesised)
                            : new WaveformSynthesis(card, group, synthesised));
        }
        return syntheses;
    }

    /** The sinks of all stems; those that were opened are closed, whatever happens. */
    private static final class OpenSinks implements AutoCloseable {

        private final List<AudioSink> open = new ArrayList<>();

        OpenSinks(List<String> stems, StemOutputs outputs, AudioFormat format) {
            try {
                for (var stem : stems) {
                    open.add(outputs.open(stem, format));
                }
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        List<AudioSink> inOrder() {
            return List.copyOf(open);
        }

        /** Finishes whole stems; the first that cannot be finished is thrown. */
        void finish() {
            while (!open.isEmpty()) {
                open.removeLast().close();
            }
        }

        /** Closes the sinks of stems that are not whole; nobody wants to know whether that worked. */
        @Override
        public void close() {
            while (!open.isEmpty()) {
                try {
                    open.removeLast().close();
                } catch (RuntimeException e) {
                    LOGGER.atDebug().setCause(e).log("the sink of an unfinished stem could not be closed");
                }
            }
        }
    }
}
