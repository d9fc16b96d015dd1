package io.stemline.separation.streaming;

import io.stemline.audio.AudioSource;
import io.stemline.audio.Resampler;
import io.stemline.separation.SeparationException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first stage of a track, in its own thread: read a block, keep it for the writing stage, convert its rate, cut it
 * into segments. Whatever fails, an interrupt included, ends up as an event of the track.
 */
final class ReadingStage implements Runnable {

    private static final int BLOCK_FRAMES = 8192;

    private final Track track;
    private final AudioSource source;
    private final Optional<Resampler> resampler;
    private final List<SegmentAnalysis> analyses;
    private long lengthFrames;

    ReadingStage(Track track, AudioSource source, Optional<Resampler> resampler, List<SegmentAnalysis> analyses) {
        this.track = track;
        this.source = source;
        this.resampler = resampler;
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
            resampler.ifPresent(Resampler::close);
        }
    }

    private void readToTheEnd() throws InterruptedException {
        float[][] block = new float[source.format().channels()][BLOCK_FRAMES];
        for (int frames = source.read(block, 0, BLOCK_FRAMES); frames >= 0; frames = read(block)) {
            if (frames > 0) {
                keep(block, frames);
                convert(block, frames);
            }
        }
        if (resampler.isPresent()) {
            analyse(resampler.get().finish());
        }
        long segments = 0;
        for (var analysis : analyses) {
            analysis.finish();
            segments += analysis.submitted();
        }
        track.put(new Track.EndOfMixture(segments, lengthFrames));
    }

    private int read(float[][] block) throws InterruptedException {
        if (track.isAbandoned() || Thread.interrupted()) {
            throw new InterruptedException();
        }
        return source.read(block, 0, BLOCK_FRAMES);
    }

    private void keep(float[][] block, int frames) {
        float[][] kept = new float[block.length][];
        for (int channel = 0; channel < block.length; channel++) {
            kept[channel] = Arrays.copyOf(block[channel], frames);
            for (int n = 0; n < frames; n++) {
                if (!Float.isFinite(kept[channel][n])) {
                    throw new SeparationException("the mixture has a sample that is not a number, in channel " + channel
                            + " at frame " + (lengthFrames + n));
                }
            }
        }
        lengthFrames += frames;
        track.addMixture(kept);
    }

    private void convert(float[][] block, int frames) throws InterruptedException {
        if (resampler.isPresent()) {
            analyse(resampler.get().process(block, 0, frames));
        } else {
            analyse(block, frames);
        }
    }

    private void analyse(float[][] samples) throws InterruptedException {
        analyse(samples, samples[0].length);
    }

    private void analyse(float[][] samples, int frames) throws InterruptedException {
        if (frames > 0) {
            for (var analysis : analyses) {
                analysis.accept(samples, 0, frames);
            }
        }
    }
}
