package io.stemline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much live pages that are open slow a batch. A stack is up, best with a model that does nothing; batches of the same size run
 * through it in pairs, one with nobody watching and one with many connections to the live page's events, in turns which of them
 * is first.
 *
 * <p>Arguments: the stack's address, an empty folder that it may read, tracks in a batch, pairs, connections.
 */
public final class LiveWatchers implements AutoCloseable {
    private static final int RATE_HZ = 8000;
    private static final int HEADER_BYTES = 44;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI stack;
    private final Path folder;
    private final int tracks;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random = new Random(7);
    private final AtomicLong bytes = new AtomicLong();
    private int batches;

    private LiveWatchers(URI stack, Path folder, int tracks) {
        this.stack = stack;
        this.folder = folder;
        this.tracks = tracks;
    }

    public static void main(String... arguments) throws Exception {
        int pairs = Integer.parseInt(arguments[3]);
        int connections = Integer.parseInt(arguments[4]);
        try (var bench =
                new LiveWatchers(URI.create(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]))) {
            bench.seconds(0);
            double[] ratios = new double[pairs];
            for (int pair = 0; pair < pairs; pair++) {
                double first = bench.seconds(pair % 2 == 0 ? 0 : connections);
                double second = bench.seconds(pair % 2 == 0 ? connections : 0);
                double alone = pair % 2 == 0 ? first : second;
                double watched = pair % 2 == 0 ? second : first;
                ratios[pair] = watched / alone;
                System.out.printf(
                        Locale.ROOT,
                        "alone %6.2f s, %d watching %6.2f s, ratio %.3f%n",
                        alone,
                        connections,
                        watched,
                        ratios[pair]);
            }
            Arrays.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "median ratio %.3f of %d pairs; %,d bytes were sent to those who watched%n",
                    (ratios[(pairs - 1) / 2] + ratios[pairs / 2]) / 2,
                    pairs,
                    bench.bytes.get());
        }
    }

    private double seconds(int connections) throws Exception {
        Path batch = Files.createDirectories(folder.resolve("batch-" + batches++));
        for (int track = 0; track < tracks; track++) {
            Files.write(batch.resolve(track + ".wav"), noise());
        }
        List<Thread> watching = watch(connections);
        try {
            long start = System.nanoTime();
            await(submit(batch));
            return (System.nanoTime() - start) / 1e9;
        } finally {
            for (Thread watcher : watching) {
                watcher.interrupt();
                watcher.join();
            }
        }
    }

    private List<Thread> watch(int connections) throws InterruptedException {
        var watching = new ArrayList<Thread>();
        for (int n = 0; n < connections; n++) {
            watching.add(Thread.startVirtualThread(this::readEvents));
        }
        Thread.sleep(connections == 0 ? Duration.ZERO : Duration.ofSeconds(3));
        return watching;
    }

    private void readEvents() {
        var request = HttpRequest.newBuilder(stack.resolve("/live"))
                .header("Accept", "text/event-stream")
                .build();
        try (InputStream events =
                client.send(request, BodyHandlers.ofInputStream()).body()) {
            byte[] block = new byte[1 << 14];
            for (int read = events.read(block); read >= 0; read = events.read(block)) {
                bytes.addAndGet(read);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String submit(Path batch) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsBytes(
                Map.of("paths", List.of(batch.toAbsolutePath().toString())));
        var request = HttpRequest.newBuilder(stack.resolve("/api/batches"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return tree(request).get("batchId").asText();
    }

    private void await(String batchId) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(stack.resolve("/api/batches/" + batchId)).build();
        for (JsonNode states = tree(request).get("states");
                states.path("DONE").asInt() < tracks;
                states = tree(request).get("states")) {
            if (states.path("FAILED").asInt() > 0) {
                throw new IllegalStateException("tracks of batch %s failed".formatted(batchId));
            }
            Thread.sleep(20);
        }
    }

    private JsonNode tree(HttpRequest request) throws IOException, InterruptedException {
        return JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body());
    }

    /** A WAV file of a second that is like no other. */
    private byte[] noise() {
        int dataBytes = 2 * RATE_HZ;
        byte[] sound = new byte[dataBytes];
        random.nextBytes(sound);
        return ByteBuffer.allocate(HEADER_BYTES + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes())
                .putInt(HEADER_BYTES - 8 + dataBytes)
                .put("WAVEfmt ".getBytes())
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(RATE_HZ)
                .putInt(2 * RATE_HZ)
                .putShort((short) 2)
                .putShort((short) 16)
                .put("data".getBytes())
                .putInt(dataBytes)
                .put(sound)
                .array();
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
