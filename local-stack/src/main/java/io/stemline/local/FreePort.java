package io.stemline.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine's loopback interface. */
final class FreePort {

    /** Every server of the local stack listens here and nowhere else. */
    static final String HOST = "127.0.0.1";

    /**
     * Operating systems take the ports of outgoing connections from above this range: a port from within stays free until
     * the server that it is for has started.
     */
    private static final int LOWEST = 20_000;

    private static final int BEYOND_HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * The wanted port, or one that is free now, and was not given before, if {@code wanted} is 0. A wanted port that another
     * program listens on is refused here: waiting for one's own server would find the other one.
     */
    static int choose(int wanted) {
        if (wanted != 0) {
            return bound(wanted);
        }
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND_HIGHEST);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        return bound(0);
    }

    private static boolean isFree(int port) {
        try {
            return bind(port) == port;
        } catch (IOException e) {
            return false;
        }
    }

    private static int bound(int wanted) {
        try {
            return bind(wanted);
        } catch (IOException e) {
            String which = wanted == 0 ? "no free port on " + HOST : "port " + wanted + " cannot be used";
            throw new LocalStackException(which + " (" + e.getMessage() + ")", e);
        }
    }

    private static int bind(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket.getLocalPort();
        }
    }
}
