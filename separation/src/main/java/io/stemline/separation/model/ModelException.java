package io.stemline.separation.model;

import io.stemline.separation.SeparationException;

/** A model that does not exist, cannot be read, was changed, or does not do what its card says. */
public class ModelException extends SeparationException {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
