package io.stemline.pipeline.store;

import io.stemline.pipeline.PipelineException;

/** The object store does not do what was asked. The message names the object and says why. It may pass. */
public class StoreException extends PipelineException {

    private static final long serialVersionUID = 1L;

    /** A failure with nothing underneath. */
    public StoreException(String message) {
        super(message);
    }

    /** A failure that something else caused. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
