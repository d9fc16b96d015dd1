package io.stemline.training.folder;

/** A model folder or a file in it cannot be used. The message is its name and a sentence a person can act on. */
public sealed class FolderException extends RuntimeException permits ConfigurationException {

    private static final long serialVersionUID = 1L;

    public FolderException(String message) {
        super(message);
    }

    public FolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
