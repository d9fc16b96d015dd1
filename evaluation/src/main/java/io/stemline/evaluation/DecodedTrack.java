package io.stemline.evaluation;

import io.stemline.audio.AudioException;
import io.stemline.bsseval.Signal;
import io.stemline.evaluation.TrackWarning.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The decoded stems of a track, of one shape: estimates and mixture are padded or cut to the length of the references. Where that
 * cannot be, opening it fails with a sentence that names the file.
 */
final class DecodedTrack implements AutoCloseable {
    private final Path scratch;
    private final boolean referencesRounded;
    private final List<DecodedSignal> decoded = new ArrayList<>();
    private final Map<String, Signal> references = new LinkedHashMap<>();
    private final Map<String, Signal> estimates = new LinkedHashMap<>();
    private final List<TrackWarning> warnings = new ArrayList<>();
    private Optional<Signal> mixture = Optional.empty();

    private DecodedTrack(Path scratch, boolean referencesRounded) {
        this.scratch = scratch;
        this.referencesRounded = referencesRounded;
    }

    /** Decodes a track whose references may hold its mixture, and whose estimates are all to be used. */
    static DecodedTrack of(
            List<StemFile> references, List<StemFile> estimates, Path scratch, boolean referencesRounded) {
        var track = new DecodedTrack(scratch, referencesRounded);
        try {
            track.addReferences(references);
            track.addEstimates(estimates);
            references.stream().filter(DecodedTrack::isMixture).findFirst().ifPresent(track::addMixture);
            return track;
        } catch (RuntimeException e) {
            track.close();
            throw e;
        }
    }

    /** The references by stem, without the mixture. */
    Map<String, Signal> references() {
        return references;
    }

    Map<String, Signal> estimates() {
        return estimates;
    }

    Optional<Signal> mixture() {
        return mixture;
    }

    int sampleRateHz() {
        return decoded.getFirst().sampleRateHz();
    }

    List<TrackWarning> warnings() {
        return warnings;
    }

    private void addReferences(List<StemFile> files) {
        for (StemFile file : files) {
            if (!isMixture(file)) {
                DecodedSignal signal = decode(file);
                if (signal.lengthFrames() != decoded.getFirst().lengthFrames()) {
                    throw new EvaluationException("%s has %d frames, %s has %d: references must have the same length"
                            .formatted(
                                    signal.name(),
                                    signal.lengthFrames(),
                                    decoded.getFirst().name(),
                                    decoded.getFirst().lengthFrames()));
                }
                add(references, file, rounded(signal), "reference");
            }
        }
    }

    private void addEstimates(List<StemFile> files) {
        for (StemFile file : files) {
            if (!isMixture(file)) {
                add(estimates, file, fitted(decode(file)), "estimate");
            }
        }
    }

    /** A mixture that is of no use leaves out improvements, and nothing else. */
    private void addMixture(StemFile file) {
        try {
            DecodedSignal signal = decode(file);
            mixture = Optional.of(fitted(rounded(signal)));
        } catch (AudioException | EvaluationException e) {
            warnings.add(new TrackWarning(
                    Kind.MIXTURE_UNUSABLE, "there are no improvements over the mixture: " + e.getMessage()));
        }
    }

    private Signal rounded(Signal signal) {
        return referencesRounded ? signal.roundedTo16Bit() : signal;
    }

    private static void add(Map<String, Signal> signals, StemFile file, Signal signal, String role) {
        Signal earlier = signals.putIfAbsent(file.stem(), signal);
        if (earlier != null) {
            throw new EvaluationException(
                    "%s and %s are both the %s of %s".formatted(earlier.name(), signal.name(), role, file.stem()));
        }
    }

    private DecodedSignal decode(StemFile file) {
        DecodedSignal signal = DecodedSignal.decode(file, scratch);
        decoded.add(signal);
        if (signal.lengthFrames() == 0) {
            throw new EvaluationException("%s has no samples".formatted(signal.name()));
        }
        DecodedSignal first = decoded.getFirst();
        if (signal.sampleRateHz() != first.sampleRateHz() || signal.channels() != first.channels()) {
            throw new EvaluationException("%s has %d Hz and %s, %s has %d Hz and %s: they cannot be compared"
                    .formatted(
                            signal.name(),
                            signal.sampleRateHz(),
                            channels(signal),
                            first.name(),
                            first.sampleRateHz(),
                            channels(first)));
        }
        signal.warnings().stream()
                .map(warning -> new TrackWarning(Kind.DAMAGED_FILE, signal.name() + ": " + warning))
                .forEach(warnings::add);
        return signal;
    }

    private static String channels(Signal signal) {
        return signal.channels() == 1 ? "1 channel" : signal.channels() + " channels";
    }

    private Signal fitted(Signal signal) {
        long wanted = references.isEmpty()
                ? signal.lengthFrames()
                : references.values().iterator().next().lengthFrames();
        long frames = signal.lengthFrames();
        if (frames == wanted) {
            return signal;
        }
        warnings.add(new TrackWarning(
                Kind.LENGTH_CHANGED,
                "%s has %d frames and was %s to the %d of the references"
                        .formatted(signal.name(), frames, frames < wanted ? "padded" : "cut", wanted)));
        return new FittedSignal(signal, wanted);
    }

    private static boolean isMixture(StemFile file) {
        return file.stem().equals(TrackScorer.MIXTURE);
    }

    @Override
    public void close() {
        decoded.forEach(DecodedSignal::close);
    }
}
