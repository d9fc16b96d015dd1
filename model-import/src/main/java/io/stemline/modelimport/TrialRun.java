package io.stemline.modelimport;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.separation.SeparationException;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.StftLayout;
import java.util.List;
import java.util.Random;

/**
 * One segment of noise, separated by a package that nobody has run yet. The engine refuses what is not right: a
 * SavedModel that TensorFlow cannot load, a signature or an answer of another shape than the card's, numbers that are not
 * finite.
 */
final class TrialRun {

    private TrialRun() {}

    /**
     * Runs it.
     *
     * @throws ModelException if the model does not do what its card says
     */
    static void of(ModelPackage model) {
        try (var engine = SeparationEngine.open(SeparationSettings.defaults().withBatchSize(1))) {
            engine.load(model);
            engine.separate(model.id(), new Noise(model.card()), (stem, format) -> new Discarded(format));
        } catch (ModelException e) {
            throw e;
        } catch (SeparationException e) {
            throw new ModelException("model '" + model.id() + "' failed in its trial run: " + e.getMessage(), e);
        }
    }

    /** Noise that is as long as one segment. */
    private static final class Noise implements AudioSource {

        private static final float LEVEL = 0.1f;

        private final AudioFormat format;
        private final Random random = new Random(1);
        private long left;

        Noise(ModelCard card) {
            this.format = new AudioFormat(card.sampleRateHz(), card.channels());
            this.left = (long) card.segment().frames()
                    * card.stft().map(StftLayout::hopLength).orElse(1);
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public int read(float[][] block, int offset, int frames) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(frames, left);
            for (float[] channel : block) {
                for (int n = offset; n < offset + count; n++) {
                    channel[n] = LEVEL * (float) random.nextGaussian();
                }
            }
            left -= count;
            return count;
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private record Discarded(AudioFormat format) implements AudioSink {

        @Override
        public void write(float[][] block, int offset, int frames) {
            // Only whether it can be computed matters.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
