package io.stemline.trainer.runs;

/** Another trainer has taken the run over, because nothing was heard of this one for too long. */
final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String runId) {
        super("run %s: another trainer has taken it over".formatted(runId));
    }
}
