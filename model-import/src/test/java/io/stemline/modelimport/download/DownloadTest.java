package io.stemline.modelimport.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.stemline.separation.model.ModelException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private static final byte[] CONTENTS = "weights".getBytes(StandardCharsets.UTF_8);

    /** {@code printf weights | sha256sum}. */
    private static final String SHA256 = "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";

    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.createContext("/weights", exchange -> {
            exchange.sendResponseHeaders(200, CONTENTS.length);
            exchange.getResponseBody().write(CONTENTS);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/weights");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(CONTENTS);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileIsFetchedThroughRedirectsAndGoesWhenItIsClosed() throws IOException {
        // Given
        var heard = new ArrayList<Long>();
        var totals = new ArrayList<OptionalLong>();
        Path file;

        // When
        try (var download = Download.fetch(address("/moved"), SHA256, folder, (bytes, total) -> {
            heard.add(bytes);
            totals.add(total);
        })) {
            file = download.file();
            assertThat(file).hasBinaryContent(CONTENTS);
        }

        // Then
        assertThat(heard.getLast()).isEqualTo(CONTENTS.length);
        assertThat(totals.getLast()).hasValue(CONTENTS.length);
        assertThat(file).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void otherContentsAreNotKept() {
        refused("/weights", "0".repeat(64), ModelException.class, "these are not the contents that are expected");
    }

    @Test
    void aTransferThatBreaksOffLeavesNothing() {
        refused("/cut", SHA256, ModelException.class, "the transfer broke off after 7 bytes (");
    }

    @Test
    void aServerThatDoesNotHaveItIsNamed() {
        refused("/nowhere", SHA256, ModelException.class, "the server answered 404 instead of 200");
    }

    @Test
    void anAddressThatCannotBeReachedIsNamed() {
        // Given
        var address = address("/weights");
        server.stop(0);

        // When
        // Then
        refused(address, SHA256, UnreachableException.class, "cannot be reached (");
    }

    @Test
    void aNameThatIsNotKnownIsNamed() {
        refused(
                URI.create("http://stemline.invalid/weights"),
                SHA256,
                UnreachableException.class,
                "cannot be reached (its name is not known here)");
    }

    @Test
    void anInterruptedDownloadLeavesNothing() {
        // Given
        Thread.currentThread().interrupt();

        // When
        // Then
        try {
            refused("/weights", SHA256, ModelException.class, "the download was interrupted; nothing was kept");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private void refused(String path, String sha256, Class<? extends ModelException> kind, String sentence) {
        refused(address(path), sha256, kind, sentence);
    }

    private void refused(URI address, String sha256, Class<? extends ModelException> kind, String sentence) {
        assertThatThrownBy(() -> Download.fetch(address, sha256, folder, (bytes, total) -> {}))
                .isInstanceOf(kind)
                .hasMessageStartingWith(address + ": ")
                .hasMessageContaining(sentence);
        assertThat(folder).isEmptyDirectory();
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }
}
