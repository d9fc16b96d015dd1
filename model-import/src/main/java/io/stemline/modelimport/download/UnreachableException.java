package io.stemline.modelimport.download;

import io.stemline.separation.model.ModelException;
import java.net.URI;

/** There is no way to a server from here. */
public final class UnreachableException extends ModelException {

    private static final long serialVersionUID = 1L;

    UnreachableException(URI address, Throwable cause) {
        super(address + ": cannot be reached (" + reason(cause) + ")", cause);
    }

    /** The JDK's client wraps a connection that cannot be made several times, without a word of its own. */
    private static String reason(Throwable cause) {
        for (var reason = cause; reason != null; reason = reason.getCause()) {
            if (reason.getMessage() != null) {
                return reason.getMessage();
            }
            if (reason instanceof java.nio.channels.UnresolvedAddressException) {
                return "its name is not known here";
            }
        }
        return "no connection";
    }
}
