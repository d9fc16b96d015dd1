package io.stemline.cli.scores;

import com.fasterxml.jackson.databind.JsonNode;
import io.stemline.evaluation.ScoringSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Everything that the figures of a run follow from. Runs whose settings differ do not share a folder.
 *
 * @param scoring version of the way of scoring; it changes whenever figures may
 * @param references where the true stems lie
 * @param estimates where the stems to score lie
 * @param mode version and form of BSS Eval, as on the command line
 * @param round whether references are rounded to 16 bit
 */
public record RunSettings(
        String scoring,
        String references,
        String estimates,
        String mode,
        double windowSeconds,
        double hopSeconds,
        int filterLength,
        boolean regularise,
        boolean round,
        List<String> targets) {

    private static final String SCORING = "evaluate/1";
    private static final double NANOS_PER_SECOND = 1e9;

    public RunSettings {
        targets = targets == null ? List.of() : List.copyOf(targets);
    }

    public static RunSettings of(Path references, Path estimates, ScoringSettings settings) {
        return new RunSettings(
                SCORING,
                references.toString(),
                estimates.toString(),
                settings.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                seconds(settings.window()),
                seconds(settings.hop()),
                settings.filterLength(),
                settings.regularise(),
                settings.referencesRounded(),
                settings.targets());
    }

    /** In what an earlier run's settings differ, in words; empty if in nothing. */
    List<String> differences(RunSettings earlier) {
        JsonNode here = DecibelJson.MAPPER.valueToTree(this);
        JsonNode there = DecibelJson.MAPPER.valueToTree(earlier);
        var differences = new ArrayList<String>();
        here.fieldNames().forEachRemaining(name -> {
            if (!here.get(name).equals(there.get(name))) {
                differences.add("%s: %s there, %s here".formatted(name, there.get(name), here.get(name)));
            }
        });
        return differences;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS_PER_SECOND;
    }
}
