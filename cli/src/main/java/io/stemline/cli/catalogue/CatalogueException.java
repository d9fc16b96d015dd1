package io.stemline.cli.catalogue;

/** The catalogue does not answer, or refuses; the message is its sentence. */
public final class CatalogueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    CatalogueException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    CatalogueException(String message, int status) {
        super(message);
        this.status = status;
    }

    /** Whether it was understood and refused, so that asking again is of no use. */
    public boolean isRefusal() {
        return status >= 400 && status < 500;
    }
}
