package io.stemline.registry;

/** What models are active for. */
public final class Slots {
    /** Every track that does not ask for another model. */
    public static final String DEFAULT = "default";

    private Slots() {}
}
