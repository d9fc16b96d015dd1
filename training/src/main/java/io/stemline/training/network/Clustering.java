package io.stemline.training.network;

import io.stemline.training.folder.Setting;

/**
 * How masks are made of embeddings: spherical k-means, which starts from the stems' mean embeddings in training.
 *
 * @param iterations how often the centres move to the mean of what belongs to them; 0 leaves them where they start
 * @param assignment how cells belong to centres
 * @param sharpness of soft assignments: shares are proportional to exp(sharpness * cosine)
 */
public record Clustering(
        @Setting(doc = "how often the centres of clusters move; 0 leaves them where they start", min = 0)
        int iterations,

        @Setting(doc = "whether a cell belongs to the nearest centre alone")
        Assignment assignment,

        @Setting(doc = "of soft assignments: shares are proportional to exp(sharpness * cosine)", above = 0)
        double sharpness) {

    /** How cells belong to centres. */
    public enum Assignment {
        /** A cell belongs to the nearest centre alone. Such masks have no gradient. */
        HARD,
        /** A cell belongs to all centres, mostly to the nearest. */
        SOFT
    }

    public Clustering {
        if (iterations < 0) {
            throw new IllegalArgumentException("iterations is " + iterations + ": it must be 0 or more");
        }
        if (!(sharpness > 0 && sharpness < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("sharpness is " + sharpness + ": it must be above 0");
        }
    }

    /** Five moves, soft shares as of Isik et al., "Single-channel multi-speaker separation using deep clustering", 2016. */
    public static Clustering defaults() {
        return new Clustering(5, Assignment.SOFT, 10);
    }
}
