package io.stemline.training.datasets;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found when a data set was looked through.
 *
 * @param usable how many tracks can be used
 * @param findings what was odd, in the order of the tracks
 */
public record ScanReport(int usable, List<Finding> findings) {

    /** Kinds of oddities, and the rule for each. */
    public enum Rule {
        MISSING_STEM(true, "without one of the stems"),
        BROKEN_FILE(true, "with a file that cannot be read"),
        LENGTHS_APART(true, "with stems of different lengths"),
        SILENT_MIXTURE(true, "that are silent"),
        SHORTENED(false, "shortened to the shortest stem"),
        OTHER_RATE(false, "converted to another sample rate"),
        OTHER_CHANNELS(false, "converted to another number of channels"),
        SILENT_STEM(false, "with a silent stem"),
        DAMAGED(false, "with damage that decoding went past");

        private final boolean skips;
        private final String words;

        Rule(boolean skips, String words) {
            this.skips = skips;
            this.words = words;
        }

        /** Whether such a track is left out. */
        public boolean skips() {
            return skips;
        }
    }

    /**
     * Something odd about a track.
     *
     * @param sentence names the file or stem and says what is the matter
     */
    public record Finding(Split split, String track, Rule rule, String sentence) {}

    public ScanReport {
        findings = List.copyOf(findings);
    }

    /** The tracks that were left out. */
    public List<Finding> skipped() {
        return findings.stream().filter(finding -> finding.rule().skips()).toList();
    }

    /** How many tracks a rule was applied to. */
    public long count(Rule rule) {
        return findings.stream()
                .filter(finding -> finding.rule() == rule)
                .map(finding -> finding.split() + "/" + finding.track())
                .distinct()
                .count();
    }

    /** One sentence with all counts: {@code 94 tracks; skipped: 2 without one of the stems; used: 1 with a silent stem}. */
    public String summary() {
        StringBuilder summary = new StringBuilder(usable == 1 ? "1 track" : usable + " tracks");
        append(summary, "; skipped: ", true);
        append(summary, "; used: ", false);
        return summary.toString();
    }

    private void append(StringBuilder summary, String opening, boolean skips) {
        List<String> counts = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            if (rule.skips() == skips && count(rule) > 0) {
                counts.add(count(rule) + " " + rule.words);
            }
        }
        if (!counts.isEmpty()) {
            summary.append(opening).append(String.join(", ", counts));
        }
    }
}
