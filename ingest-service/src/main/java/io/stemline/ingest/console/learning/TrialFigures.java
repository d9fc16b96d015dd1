package io.stemline.ingest.console.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a trial was decided by, in decibels, candidate minus active.
 *
 * @param lowDb lower end of the interval of the mean; NaN where no track counted
 * @param byStem mean over the tracks of each stem
 * @param tracks how many counted
 * @param failed on how many of them only the candidate failed
 * @param leftOut how many said nothing
 */
record TrialFigures(
        double meanDb, double lowDb, double highDb, Map<String, Double> byStem, int tracks, int failed, int leftOut) {
    private static final int SIDE = 1000;

    static TrialFigures of(JsonNode figures) {
        Map<String, Double> byStem = new LinkedHashMap<>();
        figures.path("byStem")
                .properties()
                .forEach(stem -> byStem.put(stem.getKey(), stem.getValue().asDouble(Double.NaN)));
        return new TrialFigures(
                figures.path("mean").asDouble(Double.NaN),
                figures.path("low").asDouble(Double.NaN),
                figures.path("high").asDouble(Double.NaN),
                byStem,
                figures.path("byTrack").size(),
                figures.path("failed").asInt(),
                figures.path("leftOut").asInt());
    }

    /** Whether there is an interval to draw. */
    public boolean drawn() {
        return Double.isFinite(lowDb) && Double.isFinite(highDb) && Double.isFinite(meanDb) && reachDb() > 0;
    }

    /** Places on a line of 1000 on which nought is in the middle. */
    public long low() {
        return place(lowDb);
    }

    public long mean() {
        return place(meanDb);
    }

    public long width() {
        return Math.max(2, place(highDb) - place(lowDb));
    }

    private long place(double valueDb) {
        return Math.round(SIDE / 2.0 * (1 + valueDb / reachDb()));
    }

    private double reachDb() {
        return 1.1 * Math.max(Math.abs(lowDb), Math.abs(highDb));
    }
}
