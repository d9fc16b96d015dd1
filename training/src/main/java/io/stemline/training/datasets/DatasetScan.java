package io.stemline.training.datasets;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFormat;
import io.stemline.training.datasets.ScanReport.Finding;
import io.stemline.training.datasets.ScanReport.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at every track of a listing and decides by rule what becomes of it:
 *
 * <ol>
 *   <li>a stem that is wanted is not there: the track is skipped;
 *   <li>a file cannot be read as audio: skipped, with the decoder's words;
 *   <li>the mixture, or without one all stems, are silent: skipped;
 *   <li>lengths differ by more than half a second: skipped; by less: the shortest counts;
 *   <li>another sample rate or number of channels: converted when it is read;
 *   <li>a silent stem, or damage that decoding goes past: used as it is.
 * </ol>
 *
 * Whatever happens to a track is a finding of the report.
 */
final class DatasetScan {
    private static final double MOST_SECONDS_APART = 0.5;

    /** A track that passed, or did not, and what was found. */
    record Verdict(Candidate candidate, Optional<Long> lengthFrames, List<Finding> findings) {}

    private final AudioFormat format;
    private final Map<String, List<String>> choices;
    private final ScanIndex index;

    /** @param choices labels of the parts of each stem that is wanted */
    DatasetScan(AudioFormat format, Map<String, List<String>> choices, ScanIndex index) {
        this.format = format;
        this.choices = choices;
        this.index = index;
    }

    List<Verdict> judge(List<Candidate> candidates) {
        return candidates.parallelStream().map(this::judge).toList();
    }

    private Verdict judge(Candidate candidate) {
        List<Finding> findings = new ArrayList<>();
        List<String> missing = choices.values().stream()
                .flatMap(List::stream)
                .filter(label -> !candidate.stems().containsKey(label))
                .toList();
        if (!missing.isEmpty()) {
            add(findings, candidate, Rule.MISSING_STEM, "there is no " + String.join(", no ", missing));
            return new Verdict(candidate, Optional.empty(), findings);
        }
        Map<SourceStem, StemFacts> facts = new LinkedHashMap<>();
        try {
            for (SourceStem source : sources(candidate)) {
                facts.put(source, index.facts(source));
            }
        } catch (AudioException e) {
            add(findings, candidate, Rule.BROKEN_FILE, e.getMessage());
            return new Verdict(candidate, Optional.empty(), findings);
        }
        return judge(candidate, facts, findings);
    }

    private List<SourceStem> sources(Candidate candidate) {
        Stream<SourceStem> stems =
                choices.values().stream().flatMap(List::stream).map(candidate.stems()::get);
        return Stream.concat(candidate.mixture().stream(), stems).toList();
    }

    private Verdict judge(Candidate candidate, Map<SourceStem, StemFacts> facts, List<Finding> findings) {
        long shortest = shortest(facts.values());
        double apart = secondsApart(facts.values());
        if (silentAsAWhole(candidate, facts)) {
            add(findings, candidate, Rule.SILENT_MIXTURE, "it is silent from beginning to end");
        } else if (apart > MOST_SECONDS_APART) {
            add(findings, candidate, Rule.LENGTHS_APART, lengths(facts));
        } else {
            findOddities(candidate, facts, shortest, findings);
            return new Verdict(candidate, Optional.of(shortest), findings);
        }
        return new Verdict(candidate, Optional.empty(), findings);
    }

    private static boolean silentAsAWhole(Candidate candidate, Map<SourceStem, StemFacts> facts) {
        return candidate
                .mixture()
                .map(mixture -> facts.get(mixture).silent())
                .orElseGet(() -> facts.values().stream().allMatch(StemFacts::silent));
    }

    private void findOddities(
            Candidate candidate, Map<SourceStem, StemFacts> facts, long shortest, List<Finding> findings) {
        if (facts.values().stream().anyMatch(stem -> stem.lengthAt(format.sampleRateHz()) != shortest)) {
            add(findings, candidate, Rule.SHORTENED, lengths(facts));
        }
        facts.forEach((source, stem) -> {
            String name = source.spelling();
            if (stem.sampleRateHz() != format.sampleRateHz()) {
                add(findings, candidate, Rule.OTHER_RATE, name + " has " + stem.sampleRateHz() + " Hz");
            }
            if (stem.channels() != format.channels()) {
                add(findings, candidate, Rule.OTHER_CHANNELS, name + " has " + channels(stem.channels()));
            }
            if (stem.silent()) {
                add(findings, candidate, Rule.SILENT_STEM, name + " is silent");
            }
            stem.warnings().forEach(warning -> add(findings, candidate, Rule.DAMAGED, name + ": " + warning));
        });
    }

    private static String channels(int count) {
        return count == 1 ? "1 channel" : count + " channels";
    }

    private long shortest(Collection<StemFacts> facts) {
        return facts.stream()
                .mapToLong(stem -> stem.lengthAt(format.sampleRateHz()))
                .min()
                .orElseThrow();
    }

    private static double secondsApart(Collection<StemFacts> facts) {
        double longest = facts.stream().mapToDouble(StemFacts::seconds).max().orElseThrow();
        return longest - facts.stream().mapToDouble(StemFacts::seconds).min().orElseThrow();
    }

    private static String lengths(Map<SourceStem, StemFacts> facts) {
        List<String> lengths = new ArrayList<>();
        facts.forEach((source, stem) ->
                lengths.add(String.format(Locale.ROOT, "%s has %.3f s", source.spelling(), stem.seconds())));
        return String.join(", ", lengths);
    }

    private static void add(List<Finding> findings, Candidate candidate, Rule rule, String sentence) {
        findings.add(new Finding(candidate.split(), candidate.name(), rule, sentence));
    }
}
