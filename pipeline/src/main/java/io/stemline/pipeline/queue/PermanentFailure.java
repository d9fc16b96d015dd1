package io.stemline.pipeline.queue;

import io.stemline.pipeline.PipelineException;

/**
 * Work that cannot be done and that no repetition helps: not audio, an unknown model, an event that breaks its schema. The
 * message is the sentence that people read beside the track. Whatever else a handler throws may pass, and is tried again.
 */
public final class PermanentFailure extends PipelineException {

    private static final long serialVersionUID = 1L;

    /** A failure with nothing underneath. */
    public PermanentFailure(String sentence) {
        super(sentence);
    }

    /** A failure that something else caused. */
    public PermanentFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
