package io.stemline.bsseval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The references and estimates of one scoring, checked. Estimates appear cut or padded with silence to the length of the
 * references, as in BSS Eval's original programs.
 */
final class Inputs {
    private static final int MOST_SOURCES = 100;

    private final List<Signal> references;
    private final List<Signal> estimates;
    private final int channels;
    private final long lengthFrames;

    private Inputs(List<Signal> references, List<Signal> estimates, int channels, long lengthFrames) {
        this.references = references;
        this.estimates = estimates;
        this.channels = channels;
        this.lengthFrames = lengthFrames;
    }

    static Inputs of(List<? extends Signal> references, List<? extends Signal> estimates) {
        if (references.isEmpty()) {
            throw new ScoringException("There is no reference to score against.");
        }
        if (references.size() > MOST_SOURCES) {
            throw new ScoringException("There are %d references, and at most %d sources can be scored together."
                    .formatted(references.size(), MOST_SOURCES));
        }
        if (references.size() != estimates.size()) {
            throw new ScoringException("There are %d references but %d estimates; each reference needs its estimate."
                    .formatted(references.size(), estimates.size()));
        }
        var first = references.getFirst();
        var firstTitle = title("reference", 0, first);
        checkNotEmpty(firstTitle, first);
        for (int j = 1; j < references.size(); j++) {
            var reference = references.get(j);
            var title = title("reference", j, reference);
            checkNotEmpty(title, reference);
            checkChannels(title, reference, firstTitle, first);
            if (reference.lengthFrames() != first.lengthFrames()) {
                throw new ScoringException("%s has %d frames, but %s has %d; references must have the same length."
                        .formatted(capitalised(title), reference.lengthFrames(), firstTitle, first.lengthFrames()));
            }
        }
        for (int j = 0; j < estimates.size(); j++) {
            var estimate = estimates.get(j);
            var title = title("estimate", j, estimate);
            checkNotEmpty(title, estimate);
            checkChannels(title, estimate, firstTitle, first);
        }
        return new Inputs(List.copyOf(references), List.copyOf(estimates), first.channels(), first.lengthFrames());
    }

    int sources() {
        return references.size();
    }

    int channels() {
        return channels;
    }

    long lengthFrames() {
        return lengthFrames;
    }

    String referenceTitle(int source) {
        return title("reference", source, references.get(source));
    }

    String estimateTitle(int source) {
        return title("estimate", source, estimates.get(source));
    }

    /** Reads frames of a reference to the beginning of {@code block}, [channel][frame], and checks that they are finite. */
    synchronized void readReference(int source, long startFrame, double[][] block, int frames) {
        references.get(source).read(startFrame, block, frames);
        checkFinite("reference", source, references.get(source), startFrame, block, frames);
    }

    /** Reads frames of an estimate, silence beyond its end, and checks that they are finite. */
    synchronized void readEstimate(int source, long startFrame, double[][] block, int frames) {
        var estimate = estimates.get(source);
        int present = (int) Math.clamp(estimate.lengthFrames() - startFrame, 0, frames);
        if (present > 0) {
            estimate.read(startFrame, block, present);
        }
        for (int c = 0; c < channels; c++) {
            Arrays.fill(block[c], present, frames, 0);
        }
        checkFinite("estimate", source, estimate, startFrame, block, present);
    }

    void checkNotSilent(boolean[] silent) {
        for (int j = 0; j < sources(); j++) {
            if (silent[j]) {
                throw silent(referenceTitle(j));
            }
            if (silent[sources() + j]) {
                throw silent(estimateTitle(j));
            }
        }
    }

    /** Reads everything once: finite samples everywhere, and no signal silent throughout. */
    void checkSamples() {
        int frames = 8192;
        var reader = new SlidingReader(this, 0, lengthFrames, 0, frames);
        var block = new double[2 * sources() * channels][frames];
        var sounding = new boolean[2 * sources()];
        for (long start = 0; start < lengthFrames; start += frames) {
            reader.next(block);
            Silence.findSound(block, 0, frames, channels, sounding);
        }
        var silent = new boolean[sounding.length];
        for (int i = 0; i < silent.length; i++) {
            silent[i] = !sounding[i];
        }
        checkNotSilent(silent);
    }

    List<ScoreWarning> lengthWarnings() {
        var warnings = new ArrayList<ScoreWarning>();
        for (int j = 0; j < sources(); j++) {
            long frames = estimates.get(j).lengthFrames();
            if (frames != lengthFrames) {
                warnings.add(new ScoreWarning(
                        ScoreWarning.Kind.LENGTH_CHANGED,
                        Set.of(),
                        "%s has %d frames and was %s to the %d of the references."
                                .formatted(
                                        capitalised(estimateTitle(j)),
                                        frames,
                                        frames < lengthFrames ? "padded" : "cut",
                                        lengthFrames)));
            }
        }
        return warnings;
    }

    static ScoringException silent(String title) {
        return new ScoringException("%s is silent throughout, so it cannot be scored.".formatted(capitalised(title)));
    }

    static void checkChannel(int channel, int lengthFrames, int firstLengthFrames) {
        if (lengthFrames != firstLengthFrames) {
            throw new ScoringException(
                    "Channel %d of the signal has %d frames, but its first channel has %d; channels must have the same length."
                            .formatted(channel + 1, lengthFrames, firstLengthFrames));
        }
    }

    static String shape(Signal signal) {
        return "%d channels of %d frames".formatted(signal.channels(), signal.lengthFrames());
    }

    private static void checkFinite(
            String role, int source, Signal signal, long startFrame, double[][] block, int frames) {
        for (int c = 0; c < signal.channels(); c++) {
            var samples = block[c];
            for (int n = 0; n < frames; n++) {
                if (!(Math.abs(samples[n]) <= Double.MAX_VALUE)) {
                    throw new ScoringException("%s is %s at frame %d of channel %d; samples must be finite numbers."
                            .formatted(
                                    capitalised(title(role, source, signal)),
                                    Double.isNaN(samples[n]) ? "NaN" : "infinite",
                                    startFrame + n,
                                    c + 1));
                }
            }
        }
    }

    private static void checkNotEmpty(String title, Signal signal) {
        if (signal.channels() < 1 || signal.lengthFrames() < 1) {
            throw new ScoringException("%s is empty (%s).".formatted(capitalised(title), shape(signal)));
        }
    }

    private static void checkChannels(String title, Signal signal, String firstTitle, Signal first) {
        if (signal.channels() != first.channels()) {
            throw new ScoringException("%s is %s, but %s is %s; all signals must have the same channels."
                    .formatted(capitalised(title), layout(signal), firstTitle, layout(first)));
        }
    }

    private static String layout(Signal signal) {
        return switch (signal.channels()) {
            case 1 -> "mono";
            case 2 -> "stereo";
            default -> signal.channels() + "-channel";
        };
    }

    private static String title(String role, int source, Signal signal) {
        Objects.requireNonNull(signal, role);
        var numbered = "%s %d".formatted(role, source + 1);
        return signal.name().isEmpty() ? numbered : "%s (%s)".formatted(numbered, signal.name());
    }

    private static String capitalised(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }
}
