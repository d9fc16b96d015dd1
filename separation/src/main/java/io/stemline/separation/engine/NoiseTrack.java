package io.stemline.separation.engine;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.StftLayout;
import io.stemline.separation.streaming.SeparationOptions;
import io.stemline.separation.streaming.StreamingSeparator;
import java.util.List;
import java.util.Random;

/** A track of noise that nobody wants to hear, to see whether and how fast a model separates. The same in every run. */
final class NoiseTrack implements AudioSource {

    private final AudioFormat format;
    private final Random random = new Random(1);
    private long left;

    private NoiseTrack(AudioFormat format, long lengthFrames) {
        this.format = format;
        this.left = lengthFrames;
    }

    /** Separates as much noise as fills so many segments of a model, and forgets the stems. */
    static void separate(StreamingSeparator separator, ModelCard card, int segments) {
        long hop = card.stft().map(StftLayout::hopLength).orElse(1);
        var format = new AudioFormat(card.sampleRateHz(), card.channels());
        var noise = new NoiseTrack(format, segments * hop * card.segment().stride());
        separator.separate(noise, (stem, stemFormat) -> new Nowhere(stemFormat), SeparationOptions.none());
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

    private record Nowhere(AudioFormat format) implements AudioSink {

        @Override
        public void write(float[][] block, int offset, int frames) {}

        @Override
        public void close() {}
    }
}
