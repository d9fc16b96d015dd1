package io.stemline.separation;

/** The memory of the device does not suffice for a batch; a smaller one may fit. */
public final class DeviceMemoryException extends SeparationException {

    private static final long serialVersionUID = 1L;

    public DeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
