package io.stemline.events;

/** What an event says, without its envelope. Every event is about one track or one model: its {@link #key()}. */
public sealed interface Event
        permits AudioReady,
                StemsReady,
                ReferencesReady,
                EvaluationCompleted,
                RetrainingRequested,
                ModelTrained,
                ModelPromoted,
                Progress {

    /** The record key on the topic: the id of the track, or of the model, that the event is about. */
    String key();
}
