package io.stemline.pipeline.outbox;

/** What a relay tells about its work, for a service to count. */
public interface OutboxMetrics {

    /** Counts nothing. */
    OutboxMetrics NONE = new OutboxMetrics() {
        @Override
        public void published(int events) {}

        @Override
        public void failed() {}
    };

    /** So many events are on their topics and gone from the outbox. */
    void published(int events);

    /** A round failed; it is tried again. */
    void failed();
}
