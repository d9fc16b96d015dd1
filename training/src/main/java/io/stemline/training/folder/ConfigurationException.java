package io.stemline.training.folder;

/** A configuration is not what it must be. The message names the file and the line, or the flag, and the key. */
public final class ConfigurationException extends FolderException {

    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }

    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
