package io.stemline.separation.tensorflow;

import io.stemline.separation.SeparationException;

/** TensorFlow or the device to run it on is not there. */
public final class DeviceException extends SeparationException {

    private static final long serialVersionUID = 1L;

    public DeviceException(String message) {
        super(message);
    }

    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
