package io.stemline.separation.model;

/**
 * How well a model did.
 *
 * @param dataset the songs it was measured on
 * @param metric the figure's name, for instance {@code SI-SDR improvement}
 * @param stem the stem concerned
 * @param value the figure
 */
public record Score(String dataset, String metric, String stem, double value) {

    public Score {
        Check.present("scores.dataset", dataset);
        Check.present("scores.metric", metric);
        Check.present("scores.stem", stem);
        Check.that(Double.isFinite(value), "scores.value", "must be a finite number, and is " + value);
    }
}
