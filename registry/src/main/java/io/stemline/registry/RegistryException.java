package io.stemline.registry;

/** What was asked of the registry makes no sense; the sentence says what to do. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistryException(String message) {
        super(message);
    }
}
