package io.stemline.endurance.chaos;

/**
 * Something that is not as it must be.
 *
 * @param sentence names what it is about
 */
public record Finding(Kind kind, String sentence) {

    /** What is wrong with it. */
    public enum Kind {
        /** Submitted, and neither done nor visibly failed; or an event that was never said. */
        LOST,
        /** More than one result, or an effect that came twice. */
        DOUBLED,
        /** There, and nothing that was submitted explains it; or not as it should be. */
        UNEXPLAINED
    }
}
