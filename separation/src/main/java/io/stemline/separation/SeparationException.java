package io.stemline.separation;

/** Something that keeps a mixture from being separated, said in one sentence that names the thing concerned. */
public class SeparationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SeparationException(String message) {
        super(message);
    }

    public SeparationException(String message, Throwable cause) {
        super(message, cause);
    }
}
