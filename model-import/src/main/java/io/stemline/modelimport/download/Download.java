package io.stemline.modelimport.download;

import io.stemline.separation.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Fetches a file whose contents are known beforehand. It is written to a file of its own in the given folder, which is
 * deleted with {@link #close}, and also where the program is stopped in between. Redirects are followed, but never from
 * https to http.
 */
public final class Download implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int OK = 200;

    /** Hears of progress. */
    @FunctionalInterface
    public interface Listener {

        /**
         * @param bytes fetched so far
         * @param total of all, if the server says
         */
        void progress(long bytes, OptionalLong total);
    }

    private final Path file;

    private Download(Path file) {
        this.file = file;
    }

    /**
     * Fetches a file.
     *
     * @param address where it lies
     * @param sha256 of its contents, in lower-case hexadecimal digits
     * @param folder an existing folder for the file while it is needed
     * @throws UnreachableException if there is no answer from the network
     * @throws ModelException if the server refuses, the transfer breaks, or the contents are others
     */
    public static Download fetch(URI address, String sha256, Path folder, Listener listener) {
        try {
            var download = new Download(Files.createTempFile(folder, ".download-", ".unfinished"));
            download.file.toFile().deleteOnExit();
            try {
                download.transfer(address, sha256, listener);
                return download;
            } catch (RuntimeException | Error e) {
                download.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ModelException(folder + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /** The fetched file. */
    public Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be deleted (" + e.getMessage() + ")", e);
        }
    }

    private void transfer(URI address, String sha256, Listener listener) {
        try (var client = HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
                var body = bodyOf(client, address, listener)) {
            var found = store(address, body);
            if (!found.equals(sha256)) {
                throw new ModelException(address + ": these are not the contents that are expected (SHA-256 " + found
                        + " instead of " + sha256 + "); nothing was kept");
            }
        }
    }

    private static Body bodyOf(HttpClient client, URI address, Listener listener) {
        HttpResponse<InputStream> response;
        try {
            response = client.send(
                    HttpRequest.newBuilder(address).timeout(ANSWER_TIMEOUT).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UnreachableException(address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException(address + ": the download was interrupted; nothing was kept", e);
        }
        var body = new Body(response.body(), response.headers().firstValueAsLong("content-length"), listener);
        if (response.statusCode() != OK) {
            body.close();
            throw new ModelException(address + ": the server answered " + response.statusCode() + " instead of 200");
        }
        return body;
    }

    private String store(URI address, Body body) {
        var digest = DigestUtils.getSha256Digest();
        var block = new byte[BLOCK_BYTES];
        try (var output = Files.newOutputStream(file)) {
            for (int read = body.read(block); read >= 0; read = body.read(block)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new ModelException(address + ": the download was interrupted; nothing was kept");
                }
                digest.update(block, 0, read);
                output.write(block, 0, read);
            }
        } catch (IOException e) {
            throw new ModelException(
                    address + ": the transfer broke off after " + body.bytes() + " bytes (" + e.getMessage()
                            + "); nothing was kept",
                    e);
        }
        return Hex.encodeHexString(digest.digest());
    }

    /** The bytes of an answer, counted. */
    private static final class Body implements AutoCloseable {

        private final InputStream input;
        private final OptionalLong total;
        private final Listener listener;
        private long bytes;

        Body(InputStream input, OptionalLong total, Listener listener) {
            this.input = input;
            this.total = total;
            this.listener = listener;
        }

        int read(byte[] block) throws IOException {
            int read = input.read(block);
            if (read > 0) {
                bytes += read;
                listener.progress(bytes, total);
            }
            return read;
        }

        long bytes() {
            return bytes;
        }

        @Override
        public void close() {
            try {
                input.close();
            } catch (IOException e) {
                throw new ModelException("the connection cannot be closed (" + e.getMessage() + ")", e);
            }
        }
    }
}
