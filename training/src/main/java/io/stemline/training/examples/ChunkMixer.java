package io.stemline.training.examples;

import io.stemline.training.songs.Stem;
import java.util.List;
import java.util.Random;

/** Puts stretches of stems together to mixtures. Everything random comes from the seed and the step. */
final class ChunkMixer {
    private static final int STEMS = Stem.values().length;
    private static final int VOCALS = Stem.VOCALS.ordinal();
    private static final int EQUALISER_POINTS = 8;
    private static final int TRIES = 4;

    private final int frames;
    private final int bins;
    private final Augmentation augmentation;

    ChunkMixer(int frames, int bins, Augmentation augmentation) {
        this.frames = frames;
        this.bins = bins;
        this.augmentation = augmentation;
    }

    Batch mix(List<SongSpectra> songs, int size, int step, long seed) {
        float[] mixtures = new float[size * frames * bins * 2];
        float[] targets = new float[size * frames * bins * 2 * STEMS];
        for (int chunk = 0; chunk < size; chunk++) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L + step * 1_000_003L + chunk * 7_919L);
            // The first values of java.util.Random after similar seeds resemble each other.
            random.nextLong();
            mixChunk(songs, step, random, mixtures, targets, chunk);
        }
        return new Batch(size, mixtures, targets);
    }

    /** One mixture of every song. */
    Batch mixOneOfEach(List<SongSpectra> songs, long seed) {
        float[] mixtures = new float[songs.size() * frames * bins * 2];
        float[] targets = new float[songs.size() * frames * bins * 2 * STEMS];
        for (int chunk = 0; chunk < songs.size(); chunk++) {
            mixChunk(List.of(songs.get(chunk)), 0, new Random(seed + chunk), mixtures, targets, chunk);
        }
        return new Batch(songs.size(), mixtures, targets);
    }

    private void mixChunk(
            List<SongSpectra> songs, int step, Random random, float[] mixtures, float[] targets, int chunk) {
        boolean[] present = present(random);
        double crossing = augmentation.crossSongShare() * Math.min(1, (double) step / augmentation.settledStep());
        boolean crossed = random.nextDouble() < crossing;
        SongSpectra song = songs.get(random.nextInt(songs.size()));
        int offset = offset(song, present[VOCALS] ? VOCALS : Stem.DRUMS.ordinal(), random);
        boolean swapped = random.nextBoolean();
        double dullness = random.nextDouble() < augmentation.dullShare() ? 0.3 + 0.5 * random.nextDouble() : 2;
        float[][] spectra = new float[STEMS * 2][];
        for (int stem = 0; stem < STEMS; stem++) {
            SongSpectra source = crossed ? songs.get(random.nextInt(songs.size())) : song;
            int from = crossed ? offset(source, stem, random) : offset;
            float[] gains = gains(stem, dullness, random);
            for (int channel = 0; channel < 2; channel++) {
                int side = swapped ? 1 - channel : channel;
                spectra[stem * 2 + channel] =
                        present[stem] ? stretch(source, stem, side, from, gains) : new float[frames * bins * 2];
            }
        }
        project(spectra, mixtures, targets, chunk);
    }

    private boolean[] present(Random random) {
        boolean[] present = {true, true, true, true};
        present[VOCALS] = random.nextDouble() >= augmentation.withoutVocals();
        if (random.nextDouble() < augmentation.withoutOnePart()) {
            present[1 + random.nextInt(STEMS - 1)] = false;
        }
        return present;
    }

    /** A stretch in which the stem is heard, if a few tries find one. */
    private int offset(SongSpectra song, int stem, Random random) {
        int last = song.frames() - frames;
        int offset = random.nextInt(last + 1);
        for (int attempt = 0; attempt < TRIES && song.energy(stem, offset, frames) == 0; attempt++) {
            offset = random.nextInt(last + 1);
        }
        return offset;
    }

    /** Gain of every bin: level, equaliser, and the end of a dull recording's band. */
    private float[] gains(int stem, double dullness, Random random) {
        double lowest = stem == VOCALS ? augmentation.lowestVocalsDb() : augmentation.lowestGainDb();
        double highest = stem == VOCALS ? augmentation.highestVocalsDb() : augmentation.highestGainDb();
        double levelDb = lowest + (highest - lowest) * random.nextDouble();
        double[] points = new double[EQUALISER_POINTS];
        for (int i = 0; i < points.length; i++) {
            points[i] = random.nextGaussian() * augmentation.equaliserDb();
        }
        float[] gains = new float[bins];
        double octaves = Math.log(bins);
        for (int bin = 0; bin < bins; bin++) {
            double place = Math.log(Math.max(1, bin)) / octaves * (EQUALISER_POINTS - 1);
            int below = Math.min(EQUALISER_POINTS - 2, (int) place);
            double equaliserDb = points[below] + (points[below + 1] - points[below]) * (place - below);
            double dullDb = 60 * Math.max(0, (double) bin / bins - dullness);
            gains[bin] = (float) Math.pow(10, (levelDb + equaliserDb - dullDb) / 20);
        }
        return gains;
    }

    private float[] stretch(SongSpectra song, int stem, int channel, int firstFrame, float[] gains) {
        float[] source = song.channel(stem, channel);
        float[] out = new float[frames * bins * 2];
        int from = song.offset(firstFrame);
        for (int frame = 0; frame < frames; frame++) {
            int row = frame * bins * 2;
            for (int bin = 0; bin < bins; bin++) {
                float gain = gains[bin];
                out[row + 2 * bin] = gain * source[from + row + 2 * bin];
                out[row + 2 * bin + 1] = gain * source[from + row + 2 * bin + 1];
            }
        }
        return out;
    }

    private void project(float[][] spectra, float[] mixtures, float[] targets, int chunk) {
        int cells = frames * bins;
        for (int channel = 0; channel < 2; channel++) {
            for (int cell = 0; cell < cells; cell++) {
                float re = 0;
                float im = 0;
                for (int stem = 0; stem < STEMS; stem++) {
                    re += spectra[stem * 2 + channel][2 * cell];
                    im += spectra[stem * 2 + channel][2 * cell + 1];
                }
                float magnitude = (float) Math.sqrt(re * re + im * im);
                int at = chunk * cells + cell;
                mixtures[at * 2 + channel] = magnitude;
                float unit = 1 / (magnitude + 1e-9f);
                for (int stem = 0; stem < STEMS; stem++) {
                    float[] spectrum = spectra[stem * 2 + channel];
                    targets[at * 2 * STEMS + stem * 2 + channel] =
                            (re * spectrum[2 * cell] + im * spectrum[2 * cell + 1]) * unit;
                }
            }
        }
    }
}
