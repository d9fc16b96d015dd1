package io.stemline.training.batches;

import io.stemline.training.datasets.Draws;
import io.stemline.training.datasets.effects.BandFilter;
import io.stemline.training.datasets.effects.RateChange;
import java.util.Arrays;
import java.util.List;

/**
 * Draws chunks from passages and puts them together to mixtures. Everything random comes from the seed, the step and the
 * place in the batch; every choice is drawn whether it takes effect or not. Used by one thread at a time.
 */
final class ChunkMixer {
    private static final int TRIES = 4;
    private static final double[] BAND_CENTRES_HZ = {62.5, 125, 250, 500, 1000, 2000, 4000, 8000};
    private static final double BAND_Q = 1.1;

    private final int channels;
    private final int stems;
    private final int vocals;
    private final int anchor;
    private final int frames;
    private final Augmentation augmentation;
    private final long seed;
    private final StemPlayer player;
    private final BandFilter filter;

    /** @param stems names of the passages' stems */
    ChunkMixer(
            List<String> stems,
            double sampleRateHz,
            int channels,
            int chunkFrames,
            Augmentation augmentation,
            long seed) {
        this.stems = stems.size();
        this.vocals = stems.indexOf("vocals");
        this.anchor = Math.max(0, vocals);
        this.channels = channels;
        this.frames = chunkFrames;
        this.augmentation = augmentation;
        this.seed = seed;
        this.player = new StemPlayer(channels);
        this.filter = new BandFilter(sampleRateHz);
    }

    Batch mix(List<Passage> window, int size, long step) {
        Batch batch = empty(size);
        for (int index = 0; index < size; index++) {
            mix(window, step, index, batch);
        }
        return batch;
    }

    /** One mixture of each passage. */
    Batch mixOneOfEach(List<Passage> passages, long firstIndex) {
        Batch batch = empty(passages.size());
        for (int index = 0; index < passages.size(); index++) {
            Draws draws = Draws.of(seed, 0, firstIndex + index);
            Passage passage = passages.get(index);
            mix(List.of(passage), draws, 0, index, batch);
        }
        return batch;
    }

    private Batch empty(int size) {
        int mixture = channels * frames;
        return new Batch(size, new float[size * mixture], new float[size * stems * mixture]);
    }

    private void mix(List<Passage> window, long step, int index, Batch batch) {
        mix(window, Draws.of(seed, step, index), augmentation.crossingShareAt(step), index, batch);
    }

    private void mix(List<Passage> window, Draws draws, double crossingShare, int index, Batch batch) {
        boolean[] present = present(draws);
        boolean crossed = draws.chance(crossingShare);
        Take together = take(window, present[anchor] ? anchor : (anchor + 1) % stems, draws);
        double lowPassHz = logAmount(augmentation.lowPassHz(), draws);
        double highPassHz = logAmount(augmentation.highPassHz(), draws);
        for (int stem = 0; stem < stems; stem++) {
            Take take = crossed ? take(window, stem, draws) : together;
            Touch touch = touch(stem, draws);
            filter.clear();
            equalise(draws);
            if (lowPassHz > 0) {
                filter.addLowPass(lowPassHz);
            }
            if (highPassHz > 0) {
                filter.addHighPass(highPassHz);
            }
            if (present[stem]) {
                int at = (index * stems + stem) * channels * frames;
                player.play(take, stem, filter, touch, batch.stems(), at, frames);
            }
        }
        addUp(index, batch);
    }

    private boolean[] present(Draws draws) {
        boolean[] present = new boolean[stems];
        Arrays.fill(present, true);
        if (draws.chance(augmentation.withoutVocals()) && vocals >= 0 && stems > 1) {
            present[vocals] = false;
        }
        boolean without = draws.chance(augmentation.withoutOneOther());
        int others = vocals >= 0 ? stems - 1 : stems;
        if (others > 1) {
            int other = draws.below(others);
            present[vocals >= 0 && other >= vocals ? other + 1 : other] &= !without;
        }
        return present;
    }

    /** A stretch in which the stem is heard, if a few tries find one. */
    private Take take(List<Passage> window, int stem, Draws draws) {
        Passage passage = window.get(draws.below(window.size()));
        int speedSteps = RateChange.nearestSteps(amount(augmentation.speed(), 1, draws));
        double pitch = StrictMath.pow(2, amount(augmentation.pitchSemitones(), 0, draws) / 12);
        double speed = (double) speedSteps / RateChange.STEPS;
        int rateSteps = pitch == 1 ? speedSteps : RateChange.nearestSteps(speed * pitch);
        int length = (int) Math.ceil(frames * speed);
        int places = Math.max(1, passage.lengthFrames() - length + 1);
        int from = draws.below(places);
        for (int attempt = 0; attempt < TRIES && !passage.heard(stem, from, length); attempt++) {
            from = draws.below(places);
        }
        return new Take(passage, from, speed, rateSteps);
    }

    private Touch touch(int stem, Draws draws) {
        double levelDb = amount(stem == vocals ? augmentation.vocalsGainDb() : augmentation.gainDb(), 0, draws);
        double sideGain = amount(augmentation.sideGain(), 1, draws);
        boolean swapped = draws.chance(augmentation.swapShare());
        return channels == 1 ? Touch.of(levelDb, 1, false) : Touch.of(levelDb, sideGain, swapped);
    }

    private void equalise(Draws draws) {
        Augmentation.Range range = augmentation.equaliserDb();
        boolean happens = draws.chance(range.share());
        for (double centreHz : BAND_CENTRES_HZ) {
            double gainDb = draws.uniform(range.lowest(), range.highest());
            if (happens) {
                filter.addPeak(centreHz, BAND_Q, gainDb);
            }
        }
    }

    private static double amount(Augmentation.Range range, double otherwise, Draws draws) {
        boolean happens = draws.chance(range.share());
        double amount = draws.uniform(range.lowest(), range.highest());
        return happens ? amount : otherwise;
    }

    /** Uniform in octaves; zero if it does not happen. */
    private static double logAmount(Augmentation.Range range, Draws draws) {
        boolean happens = draws.chance(range.share());
        double octaves = draws.uniform(0, 1);
        return happens ? range.lowest() * StrictMath.pow(range.highest() / range.lowest(), octaves) : 0;
    }

    private void addUp(int index, Batch batch) {
        int length = channels * frames;
        int to = index * length;
        for (int stem = 0; stem < stems; stem++) {
            int from = (index * stems + stem) * length;
            for (int i = 0; i < length; i++) {
                batch.mixtures()[to + i] += batch.stems()[from + i];
            }
        }
    }
}
