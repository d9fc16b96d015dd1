package io.stemline.ingest.batches;

/** How far an entry of a batch is. */
public enum ItemState {
    /** Accepted, not yet looked at. */
    RECEIVED,
    /** Checked and stored; waits for, or is under, separation. */
    QUEUED,
    /** Its stems are there; waits for, or is under, evaluation. */
    SEPARATED,
    /** Separated and evaluated. */
    DONE,
    /** Given up; the reason stands beside it. */
    FAILED;

    public boolean isFinal() {
        return this == DONE || this == FAILED;
    }
}
