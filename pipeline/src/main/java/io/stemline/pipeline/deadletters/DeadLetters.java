package io.stemline.pipeline.deadletters;

/** Where records go that cannot be done. */
@FunctionalInterface
public interface DeadLetters {

    /** Returns once the letter is safe; throws when it is not, and then nothing may be forgotten. */
    void write(DeadLetter letter) throws InterruptedException;
}
