package io.stemline.training.datasets;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Resampler;
import io.stemline.training.songs.Song;
import io.stemline.training.songs.SongGenerator;
import io.stemline.training.songs.Stem;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/** Songs made by seed: the number of a track in its split, added to the split's first seed, is the song's seed. */
public final class GeneratedSongs implements Dataset {
    private static final List<String> LABELS =
            Arrays.stream(Stem.values()).map(Stem::label).toList();

    /**
     * Where the rows of seeds start; each ends before the next begins.
     *
     * @param train songs to learn from
     * @param validation songs that choose the best weights
     * @param test songs for scores on model cards
     */
    public record Seeds(long train, long validation, long test) {
        private static final int MOST = 10_000_000;

        public Seeds {
            if (train >= validation || validation >= test) {
                throw new IllegalArgumentException(
                        "Seeds ascend: first those to train with, then validation, then test; not " + train + ", "
                                + validation + ", " + test);
            }
        }

        /** What all bundled models use: train from 1,000,000, validation from 8,000,000, test from 9,000,000. */
        public static Seeds standard() {
            return new Seeds(1_000_000, 8_000_000, 9_000_000);
        }

        long first(Split split) {
            return switch (split) {
                case TRAIN -> train;
                case VALIDATION -> validation;
                case TEST -> test;
            };
        }

        int count(Split split) {
            long end = switch (split) {
                case TRAIN -> validation;
                case VALIDATION -> test;
                case TEST -> test + MOST;
            };
            return (int) Math.min(MOST, end - first(split));
        }
    }

    private final SongGenerator generator;
    private final Duration length;
    private final Seeds seeds;
    private final AudioFormat format;
    private final Map<String, List<String>> stems;

    /**
     * @param length of every song
     * @param format what songs are converted to, which are made in stereo at 44.1 kHz; one or two channels
     * @param choices stems of {@code vocals, drums, bass, other}
     */
    public GeneratedSongs(
            SongGenerator generator, Duration length, Seeds seeds, AudioFormat format, List<StemChoice> choices) {
        if (format.channels() > 2) {
            throw new DatasetException("Generated songs have one channel or two, not " + format.channels());
        }
        this.generator = generator;
        this.length = length;
        this.seeds = seeds;
        this.format = format;
        this.stems = StemChoice.resolve(choices, LABELS);
    }

    @Override
    public String name() {
        return "songs";
    }

    @Override
    public List<String> stems() {
        return List.copyOf(stems.keySet());
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public List<LabelledTrack> tracks(Split split) {
        return new Row(split);
    }

    @Override
    public boolean endless() {
        return true;
    }

    @Override
    public ScanReport report() {
        return new ScanReport(seeds.count(Split.TRAIN), List.of());
    }

    private final class Row extends AbstractList<LabelledTrack> implements RandomAccess {
        private final Split split;

        private Row(Split split) {
            this.split = split;
        }

        @Override
        public LabelledTrack get(int number) {
            return new GeneratedTrack(seeds.first(split) + Objects.checkIndex(number, size()));
        }

        @Override
        public int size() {
            return seeds.count(split);
        }
    }

    /** A song that is made when it is first read, and kept as long as the track is. */
    private final class GeneratedTrack implements LabelledTrack {
        private final long seed;
        private final Map<String, float[][]> converted = new HashMap<>();
        private Song song;

        private GeneratedTrack(long seed) {
            this.seed = seed;
        }

        @Override
        public String name() {
            return "song-" + seed;
        }

        @Override
        public long lengthFrames() {
            long made = Math.round(length.toNanos() / 1e9 * SongGenerator.SAMPLE_RATE_HZ);
            return Math.round((double) made * format.sampleRateHz() / SongGenerator.SAMPLE_RATE_HZ);
        }

        @Override
        public float[][] read(String stem, long firstFrame, int frames) {
            float[][] whole = whole(stem);
            float[][] stretch = new float[format.channels()][frames];
            int from = (int) Math.min(firstFrame, whole[0].length);
            int count = Math.min(frames, whole[0].length - from);
            for (int channel = 0; channel < stretch.length; channel++) {
                System.arraycopy(whole[channel], from, stretch[channel], 0, count);
            }
            return stretch;
        }

        private synchronized float[][] whole(String stem) {
            if (song == null) {
                song = generator.generate(seed, length);
            }
            return converted.computeIfAbsent(stem, this::convert);
        }

        private float[][] convert(String stem) {
            if (stem.equals(MIXTURE)) {
                return fitted(song.mixture());
            }
            List<String> parts = stems.get(stem);
            if (parts == null) {
                throw new DatasetException("Generated songs were opened without a stem " + stem);
            }
            List<float[][]> sources = Arrays.stream(Stem.values())
                    .filter(part -> parts.contains(part.label()))
                    .map(song.stems()::get)
                    .toList();
            return fitted(sources.size() == 1 ? sources.getFirst() : sum(sources));
        }

        private float[][] sum(List<float[][]> sources) {
            float[][] sum = new float[2][song.lengthFrames()];
            for (float[][] source : sources) {
                for (int channel = 0; channel < 2; channel++) {
                    for (int i = 0; i < sum[channel].length; i++) {
                        sum[channel][i] += source[channel][i];
                    }
                }
            }
            return sum;
        }

        private float[][] fitted(float[][] stereo) {
            float[][] samples = format.channels() == 2 ? stereo : new float[][] {folded(stereo)};
            if (format.sampleRateHz() == SongGenerator.SAMPLE_RATE_HZ) {
                return samples;
            }
            AudioFormat made = new AudioFormat(SongGenerator.SAMPLE_RATE_HZ, samples.length);
            return Resampler.resample(new AudioBuffer(made, samples), format.sampleRateHz())
                    .samples();
        }

        private static float[] folded(float[][] stereo) {
            float[] mono = new float[stereo[0].length];
            for (int i = 0; i < mono.length; i++) {
                mono[i] = 0.5f * (stereo[0][i] + stereo[1][i]);
            }
            return mono;
        }
    }
}
