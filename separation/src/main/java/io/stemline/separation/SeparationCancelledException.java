package io.stemline.separation;

/** A separation was stopped from outside before it was done. */
public final class SeparationCancelledException extends SeparationException {

    private static final long serialVersionUID = 1L;

    public SeparationCancelledException(String message) {
        super(message);
    }
}
