package io.stemline.separation.streaming;

import io.stemline.audio.AudioSource;
import io.stemline.separation.SeparationException;
import java.util.List;
import java.util.Optional;

/**
 * The first stage of a track, in its own thread: read a block, convert it to the stems' rate and keep it for the writing
 * stage, convert it to the network's rate and cut it into segments. Whatever fails, an interrupt included, ends up as an
 * event of the track.
 */
final class ReadingStage implements Runnable {

    private static final int BLOCK_FRAMES = 8192;

    private final Track track;
    private final AudioSource source;
    private final RateConversion toStems;
    private final Optional<RateConversion> toNetwork;
    private final List<SegmentAnalysis> analyses;
    private long framesRead;
    private long framesKept;

    /**
     * @param stemsRateHz rate of the stems
     * @param networkRateHz rate that the analyses expect
     */
    ReadingStage(Track track, AudioSource source, int stemsRateHz, int networkRateHz, List<SegmentAnalysis> analyses) {
        var format = source.format();
        this.track = track;
        this.source = source;
        this.toStems = new RateConversion(format.channels(), format.sampleRateHz(), stemsRateHz);
        this.toNetwork = stemsRateHz == networkRateHz
                ? Optional.empty()
                : Optional.of(new RateConversion(format.channels(), format.sampleRateHz(), networkRateHz));
        this.analyses = analyses;
    }

    @Override
    public void run() {
        try {
            readToTheEnd();
        } catch (InterruptedException e) {
            track.cancel();
        } catch (Throwable e) {
            track.put(new Track.Failed(e));
        } finally {
            toStems.close();
            toNetwork.ifPresent(RateConversion::close);
        }
    }

    private void readToTheEnd() throws InterruptedException {
        float[][] block = new float[source.format().channels()][BLOCK_FRAMES];
        for (int frames = read(block); frames >= 0; frames = read(block)) {
            if (frames > 0) {
                requireFinite(block, frames);
                float[][] atStemsRate = toStems.process(block, 0, frames);
                keep(atStemsRate);
                analyse(toNetwork.isPresent() ? toNetwork.get().process(block, 0, frames) : atStemsRate);
                framesRead += frames;
            }
        }
        float[][] end = toStems.finish();
        keep(end);
        analyse(toNetwork.map(RateConversion::finish).orElse(end));
        long segments = 0;
        for (var analysis : analyses) {
            analysis.finish();
            segments += analysis.submitted();
        }
        track.put(new Track.EndOfMixture(segments, framesKept));
    }

    private int read(float[][] block) throws InterruptedException {
        if (track.isAbandoned() || Thread.interrupted()) {
            throw new InterruptedException();
        }
        return source.read(block, 0, BLOCK_FRAMES);
    }

    private void requireFinite(float[][] block, int frames) {
        for (int channel = 0; channel < block.length; channel++) {
            for (int n = 0; n < frames; n++) {
                if (!Float.isFinite(block[channel][n])) {
                    throw new SeparationException("the mixture has a sample that is not a number, in channel " + channel
                            + " at frame " + (framesRead + n));
                }
            }
        }
    }

    private void keep(float[][] samples) {
        if (samples[0].length > 0) {
            framesKept += samples[0].length;
            track.addMixture(samples);
        }
    }

    private void analyse(float[][] samples) throws InterruptedException {
        if (samples[0].length > 0) {
            for (var analysis : analyses) {
                analysis.accept(samples, 0, samples[0].length);
            }
        }
    }
}
