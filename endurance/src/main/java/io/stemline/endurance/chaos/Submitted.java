package io.stemline.endurance.chaos;

/**
 * One thing that was given to the system, and what must become of it.
 *
 * @param name file name, which nothing else that is submitted has
 * @param sha256 hash of the file, 64 hexadecimal digits; empty where there is none
 */
record Submitted(String name, Fate fate, String sha256) {

    /** What must become of it. */
    enum Fate {
        /** Separated and evaluated. */
        DONE,
        /** Refused by the intake, with a sentence. */
        REFUSED,
        /** Given up by the separator, with a dead letter. */
        DEAD_LETTER,
        /** As {@link #DONE}, but announced by another system, so that it has no entry. */
        DONE_WITHOUT_ENTRY,
        /** As {@link #DEAD_LETTER}, but not an event at all, so that it has no entry. */
        DEAD_LETTER_WITHOUT_ENTRY
    }
}
