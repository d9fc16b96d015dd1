package io.stemline.events;

/** Names of the topics, so that nobody spells them twice. */
public final class Topics {
    public static final String AUDIO_READY = "stemline.audio.ready";

    /** As {@link #AUDIO_READY}, for work that lets everything there go first. */
    public static final String AUDIO_READY_LATER = "stemline.audio.ready.later";

    public static final String STEMS_READY = "stemline.stems.ready";
    public static final String REFERENCES_READY = "stemline.references.ready";
    public static final String EVALUATION_COMPLETED = "stemline.evaluation.completed";
    public static final String RETRAINING_REQUESTED = "stemline.retraining.requested";
    public static final String MODEL_TRAINED = "stemline.model.trained";

    /** Compacted: the last event of a model family stays for ever. */
    public static final String MODEL_PROMOTED = "stemline.model.promoted";

    public static final String PROGRESS = "stemline.progress";

    private static final String DEAD_LETTERS_SUFFIX = ".dead-letters";

    private Topics() {}

    public static String deadLettersOf(String topic) {
        return topic + DEAD_LETTERS_SUFFIX;
    }
}
