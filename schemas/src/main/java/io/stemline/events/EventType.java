package io.stemline.events;

import java.util.Optional;

/**
 * The kinds of events: type name with its major version, topic, record and schema. Within a major version a schema only gains optional
 * fields; anything else is a new version with a constant, a record and a schema of its own.
 */
public enum EventType {
    AUDIO_READY("io.stemline.audio.ready.v1", Topics.AUDIO_READY, AudioReady.class),
    STEMS_READY("io.stemline.stems.ready.v1", Topics.STEMS_READY, StemsReady.class),
    REFERENCES_READY("io.stemline.references.ready.v1", Topics.REFERENCES_READY, ReferencesReady.class),
    EVALUATION_COMPLETED("io.stemline.evaluation.completed.v1", Topics.EVALUATION_COMPLETED, EvaluationCompleted.class),
    RETRAINING_REQUESTED("io.stemline.retraining.requested.v1", Topics.RETRAINING_REQUESTED, RetrainingRequested.class),
    MODEL_TRAINED("io.stemline.model.trained.v1", Topics.MODEL_TRAINED, ModelTrained.class),
    MODEL_PROMOTED("io.stemline.model.promoted.v1", Topics.MODEL_PROMOTED, ModelPromoted.class),
    PROGRESS("io.stemline.progress.v1", Topics.PROGRESS, Progress.class);

    private final String typeName;
    private final String topic;
    private final Class<? extends Event> recordClass;

    EventType(String typeName, String topic, Class<? extends Event> recordClass) {
        this.typeName = typeName;
        this.topic = topic;
        this.recordClass = recordClass;
    }

    /** The CloudEvents attribute {@code type}. */
    public String typeName() {
        return typeName;
    }

    public String topic() {
        return topic;
    }

    public Class<? extends Event> recordClass() {
        return recordClass;
    }

    /** The class path resource of the JSON Schema, relative to this package: {@code audio.ready.v1.json}. */
    public String schemaResource() {
        return typeName.substring("io.stemline.".length()) + ".json";
    }

    public static EventType of(Event event) {
        for (EventType type : values()) {
            if (type.recordClass.isInstance(event)) {
                return type;
            }
        }
        throw new AssertionError("every event has a type: " + event.getClass());
    }

    public static Optional<EventType> named(String typeName) {
        for (EventType type : values()) {
            if (type.typeName.equals(typeName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
