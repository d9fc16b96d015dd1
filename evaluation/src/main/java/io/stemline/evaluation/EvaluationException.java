package io.stemline.evaluation;

/** Stems that cannot be evaluated. The message names the file or stem and says what is wrong. */
public final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EvaluationException(String message) {
        super(message);
    }

    public EvaluationException(String message, Throwable cause) {
        super(message, cause);
    }
}
