package io.stemline.pipeline;

/** Something that services share does not work; the message is a sentence that names the thing. */
public class PipelineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure with nothing underneath. */
    public PipelineException(String message) {
        super(message);
    }

    /** A failure that something else caused. */
    public PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
