package io.stemline.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line to a server on which something happens to what is sent, or to the answers. */
final class Wire implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Wire.class);

    /** What happens to bytes on their way; an exception cuts the connection. */
    @FunctionalInterface
    interface Tampering {
        byte[] tamper(byte[] sent) throws IOException;
    }

    private final ServerSocket near;
    private final int serverPort;
    private final Tampering there;
    private final Tampering back;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Wire(ServerSocket near, int serverPort, Tampering there, Tampering back) {
        this.near = near;
        this.serverPort = serverPort;
        this.there = there;
        this.back = back;
    }

    /** A line on which something happens to what is sent. */
    static Wire to(int serverPort, Tampering there) throws IOException {
        return to(serverPort, there, bytes -> bytes);
    }

    static Wire to(int serverPort, Tampering there, Tampering back) throws IOException {
        var wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort, there, back);
        wire.threads.submit(wire::accept);
        return wire;
    }

    int port() {
        return near.getLocalPort();
    }

    /** All that was sent, before anything happened to it. */
    String sent() {
        synchronized (sent) {
            return sent.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private Void accept() throws IOException {
        while (true) {
            Socket client = near.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            threads.submit(() -> pass(client, server, this::noteAndTamper));
            threads.submit(() -> pass(server, client, back));
        }
    }

    private byte[] noteAndTamper(byte[] bytes) throws IOException {
        synchronized (sent) {
            sent.writeBytes(bytes);
        }
        return there.tamper(bytes);
    }

    private static void pass(Socket from, Socket to, Tampering tampering) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(tampering.tamper(Arrays.copyOf(buffer, read)));
            }
        } catch (IOException e) {
            LOGGER.atDebug().setCause(e).log("cut");
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        threads.shutdownNow();
    }
}
