package io.stemline.reports.scores;

/** A way of separating: a model, a blind method, an oracle, or somebody else's system. */
public record Method(String id, MethodKind kind) {

    /** The method of a name. */
    public static Method of(String id) {
        return new Method(id, MethodKind.of(id));
    }
}
