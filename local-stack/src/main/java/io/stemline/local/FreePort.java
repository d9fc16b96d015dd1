package io.stemline.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine's loopback interface. */
final class FreePort {

    /** Every server of the local stack listens here and nowhere else. */
    static final String HOST = "127.0.0.1";

    private FreePort() {}

    /**
     * The wanted port, or one that is free now if {@code wanted} is 0. A wanted port that another program listens on is
     * refused here: waiting for one's own server would find the other one.
     */
    static int choose(int wanted) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            String which = wanted == 0 ? "no free port on " + HOST : "port " + wanted + " cannot be used";
            throw new LocalStackException(which + " (" + e.getMessage() + ")", e);
        }
    }
}
