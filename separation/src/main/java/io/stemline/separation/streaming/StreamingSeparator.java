package io.stemline.separation.streaming;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.Representation;
import io.stemline.separation.model.StemFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
 *   <li>writing (the caller's thread): cross-fade, filter, transform back, convert to the stems' rate, take the remainder,
 *       write. A sink that fails fails the track.
 * </ol>
 *
 * <p>Whatever fails first is thrown, with its cause; then the reading thread is interrupted and waited for, segments
 * still with the network are dropped there, and the sinks are closed. An interrupt of the caller and a
 * {@link Cancellation} do the same.
 *
 * <p>Stems have the mixture's channels and length, and its rate unless another was asked for. If the card names a remainder, the sum of the stems is the
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

    private final NetworkStage network;
    private final ModelCard card;
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
        var plan = StemPlan.of(card, options.stems());
        var mixture = source.format();
        int networkRateHz = network.estimator().sampleRateHz(mixture.sampleRateHz());
        var format = new AudioFormat(options.stems().sampleRateHz().orElse(mixture.sampleRateHz()), mixture.channels());
        var refinement = options.refinement();
        var filter = filterOf(options);
        var shape = SegmentShape.of(card, refinement);
        var passes = Pass.of(ChannelGroup.of(mixture.channels(), card.channels()), refinement.delays(networkRateHz));
        var track = new Track();
        var pools = new SegmentPools(track, shape, passes, network.batchSize());
        Runnable cancel = track::cancel;
        options.cancellation().onCancel(cancel);
        try (var rescaling = new Rescaling(outputs, options.stems().clipping());
                var sinks = new OpenSinks(plan.stems(), rescaling, format)) {
            var reading =
                    new ReadingStage(track, source, format.sampleRateHz(), networkRateHz, analyses(passes, pools));
            var writing = new WritingStage(
                    track,
                    pools,
                    syntheses(passes, shape, plan, refinement.fade(), filter),
                    plan,
                    sinks.inOrder(),
                    format,
                    networkRateHz,
                    options.stems().clipping() == Clipping.CLAMP,
                    new WritingProgress(options, mixture.sampleRateHz(), format.sampleRateHz()));
            long lengthFrames = runBeside(reading, track, writing);
            sinks.finish();
            double factor = rescaling.finish(writing.peak());
            var duration = Duration.ofNanos(System.nanoTime() - start);
            return new SeparationResult(
                    card, format, lengthFrames, writing.summaries(factor), factor, duration, source.warnings());
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

    private List<SegmentAnalysis> analyses(List<Pass> passes, SegmentPools pools) {
        var analyses = new ArrayList<SegmentAnalysis>();
        for (int index = 0; index < passes.size(); index++) {
            var pass = passes.get(index);
            var pool = pools.pool(index);
            analyses.add(
                    transform.isPresent()
                            ? new SpectrogramAnalysis(transform.get(), pass, card.channels(), pool, network)
                            : new WaveformAnalysis(pass, card.channels(), pool, network));
        }
        return analyses;
    }

    private StemFilter filterOf(SeparationOptions options) {
        if (transform.isEmpty()
                && options.filter()
                        .filter(wish -> wish.kind() != StemFilter.Kind.MIXTURE_PHASE)
                        .isPresent()) {
            throw new ModelException("model '" + card.id() + "' works on waveforms and has no spectra to filter; leave"
                    + " the filter away, or use a spectrogram model");
        }
        return options.filter().or(card::filter).orElse(StemFilter.MIXTURE);
    }

    private List<SegmentSynthesis> syntheses(
            List<Pass> passes, SegmentShape shape, StemPlan plan, Fade fade, StemFilter filter) {
        var syntheses = new ArrayList<SegmentSynthesis>();
        for (var pass : passes) {
            syntheses.add(
                    transform.isPresent()
                            ? new SpectrogramSynthesis(
                                    card, transform.get(), shape, pass, fade, filter, plan.synthesised())
                            : new WaveformSynthesis(card, shape, pass, fade, plan.synthesised()));
        }
        return syntheses;
    }
}
