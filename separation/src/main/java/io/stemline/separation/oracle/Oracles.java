package io.stemline.separation.oracle;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.spectrum.Stft;
import io.stemline.audio.spectrum.StftSettings;
import io.stemline.audio.spectrum.WindowFunction;
import io.stemline.separation.SeparationException;
import io.stemline.separation.streaming.StemOutputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Separates a mixture with the help of its true sources. Windows of 2048 samples (periodic Hann), half overlapped, as in
 * sigsep-mus-oracle.
 *
 * <ol>
 *   <li>Only for the multichannel Wiener filter: all sources are read and their spatial covariances learned.
 *   <li>All signals are read side by side; in each frame every oracle estimates every source, and half a window of each
 *       stem is written.
 * </ol>
 *
 * <p>Whatever fails in either step is thrown, and all that was opened is closed. Memory does not depend on the length.
 */
public final class Oracles {

    private static final int WINDOW = 2048;
    private static final int HOP = WINDOW / 2;
    private static final StftSettings SETTINGS =
            new StftSettings(WINDOW, HOP, WindowFunction.HANN, WINDOW, false, true);

    private final List<OracleSource> sources;
    private final Optional<OracleSource> mixture;

    /**
     * The oracles of one track.
     *
     * @param sources its true stems, at least two, of the same rate and number of channels
     * @param mixture the mixture; the sum of the sources if it is empty
     * @throws SeparationException if there are fewer than two sources
     */
    public Oracles(List<OracleSource> sources, Optional<OracleSource> mixture) {
        if (sources.size() < 2) {
            throw new SeparationException("an oracle needs at least two true stems, and there is "
                    + (sources.isEmpty() ? "none" : "only " + sources.getFirst().title()));
        }
        this.sources = List.copyOf(sources);
        this.mixture = mixture;
    }

    /**
     * Separates.
     *
     * @param outputs where the stems of each oracle that is wanted go; they are as long as the longest signal
     * @return the length in frames
     * @throws SeparationException if the signals do not fit together, or the Wiener filter is wanted for more than two channels
     */
    public long separate(Map<OracleKind, StemOutputs> outputs) {
        var filters = new EnumMap<OracleKind, OracleFilter>(OracleKind.class);
        for (var kind : outputs.keySet()) {
            filters.put(
                    kind,
                    switch (kind) {
                        case IBM -> IdealMask.binary();
                        case IRM1 -> IdealMask.ratio(1);
                        case IRM2 -> IdealMask.ratio(2);
                        case MWF -> learn();
                    });
        }
        try (var reader = new LockstepReader(sources, mixture, HOP);
                var sinks = new Sinks()) {
            var estimates = new ArrayList<Estimate>();
            for (var kind : filters.keySet()) {
                estimates.add(new Estimate(filters.get(kind), outputs.get(kind), reader.format(), sinks));
            }
            run(reader, estimates);
            return reader.lengthFrames();
        }
    }

    private OracleWiener learn() {
        try (var reader = new LockstepReader(sources, mixture, HOP)) {
            int channels = reader.format().channels();
            if (channels > 2) {
                throw new SeparationException(
                        "%s: the multichannel Wiener filter takes one or two channels, not %d; leave out mwf"
                                .formatted(sources.getFirst().title(), channels));
            }
            var stft = new Stft(SETTINGS);
            var wiener = new OracleWiener(sources.size(), channels, SETTINGS.bins());
            var frame = OracleFrame.of(sources.size(), channels, SETTINGS.bins());
            boolean more = true;
            while (more) {
                more = !reader.ended();
                reader.advance();
                frame.analyse(stft, reader);
                wiener.learn(frame);
            }
            wiener.finish();
            return wiener;
        }
    }

    private void run(LockstepReader reader, List<Estimate> estimates) {
        var stft = new Stft(SETTINGS);
        var frame = OracleFrame.of(sources.size(), reader.format().channels(), SETTINGS.bins());
        // The first window begins half a window before the track.
        for (long start = -HOP; start < 0 || !reader.ended() || start < reader.lengthFrames(); start += HOP) {
            reader.advance();
            frame.analyse(stft, reader);
            int count = start < 0 ? 0 : (int) Math.min(HOP, reader.lengthFrames() - start);
            for (var estimate : estimates) {
                estimate.add(frame, stft, count);
            }
        }
    }

    /** All that is written; closed together, each even if another cannot be. */
    private static final class Sinks implements AutoCloseable {

        private final List<AudioSink> open = new ArrayList<>();

        AudioSink add(AudioSink sink) {
            open.add(sink);
            return sink;
        }

        @Override
        public void close() {
            Optional<RuntimeException> failure = Optional.empty();
            while (!open.isEmpty()) {
                try {
                    open.removeLast().close();
                } catch (RuntimeException e) {
                    failure = failure.or(() -> Optional.of(e));
                }
            }
            failure.ifPresent(e -> {
                throw e;
            });
        }
    }

    /** The stems of one oracle. */
    private final class Estimate {

        private final OracleFilter filter;
        private final List<AudioSink> sinks = new ArrayList<>();
        private final float[][][] re;
        private final float[][][] im;

        /** What is to be written and the half window after it, {@code [source][channel][sample]}. */
        private final float[][][] sums;

        private final float[] normalisation = SETTINGS.summedSquaredWindow();

        Estimate(OracleFilter filter, StemOutputs outputs, AudioFormat format, Sinks all) {
            this.filter = filter;
            this.re = new float[sources.size()][format.channels()][SETTINGS.bins()];
            this.im = new float[sources.size()][format.channels()][SETTINGS.bins()];
            this.sums = new float[sources.size()][format.channels()][WINDOW];
            for (var source : sources) {
                sinks.add(all.add(outputs.open(source.name(), format)));
            }
        }

        void add(OracleFrame frame, Stft stft, int count) {
            filter.apply(frame, re, im);
            for (int source = 0; source < sums.length; source++) {
                for (int channel = 0; channel < sums[source].length; channel++) {
                    float[] sum = sums[source][channel];
                    stft.overlapAddFrame(re[source][channel], im[source][channel], sum, 0);
                    for (int n = 0; n < HOP; n++) {
                        sum[n] /= normalisation[n];
                    }
                }
                if (count > 0) {
                    sinks.get(source).write(sums[source], 0, count);
                }
                for (float[] sum : sums[source]) {
                    System.arraycopy(sum, HOP, sum, 0, HOP);
                    Arrays.fill(sum, HOP, WINDOW, 0);
                }
            }
        }
    }
}
