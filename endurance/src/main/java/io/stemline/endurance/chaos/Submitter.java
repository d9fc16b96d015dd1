package io.stemline.endurance.chaos;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioProbe;
import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.Catalogue.Wish;
import io.stemline.cli.catalogue.CatalogueException;
import io.stemline.endurance.chaos.Submitted.Fate;
import io.stemline.events.AudioReady;
import io.stemline.events.EventCodec;
import io.stemline.events.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits portions of files as clients do: whatever does not answer is asked again until it does, so that some of it is submitted twice.
 * Clocks of other systems may be wrong: their events are from days ago or days ahead.
 */
final class Submitter implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Submitter.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final String ENCODING = "wav-16";
    private static final URI OUTSIDE = URI.create("/another/system");

    private final Catalogue catalogue;
    private final URI address;
    private final Path store;
    private final Ledger ledger;
    private final boolean clocksAreWrong;
    private final KafkaProducer<String, byte[]> producer;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private int portions;
    private int outsideEvents;

    Submitter(URI address, int kafkaPort, Path store, Ledger ledger, boolean clocksAreWrong) {
        this.catalogue = new Catalogue(address);
        this.address = address;
        this.store = store;
        this.ledger = ledger;
        this.clocksAreWrong = clocksAreWrong;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + kafkaPort, "acks", "all", "delivery.timeout.ms", "60000"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Submits a portion; returns when all of it is accepted. */
    void submit(Repertoire.Portion portion) throws Exception {
        portions++;
        submitPaths(portion.ordinary(), Optional.empty());
        submitPaths(portion.unknownModel(), Optional.of("no-such-model"));
        for (Path file : portion.uploaded()) {
            untilAnswered(() -> upload(file));
        }
        for (Path file : portion.outside()) {
            untilAnswered(() -> announce(file));
        }
        if (portions % 7 == 3) {
            untilAnswered(this::publishWhatIsNoEvent);
        }
    }

    private void submitPaths(List<Path> files, Optional<String> model) throws Exception {
        if (!files.isEmpty()) {
            untilAnswered(() -> catalogue.submit(files, "portion " + portions, new Wish(model, ENCODING)));
        }
    }

    private Object upload(Path file) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(
                        "/api/batches/upload?name=%s&encoding=%s".formatted(file.getFileName(), ENCODING)))
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofFile(file))
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status >= 400 && status < 500) {
            throw new IllegalStateException("%s: the upload is refused with status %d".formatted(file, status));
        }
        if (status != 201) {
            throw new IOException("status " + status);
        }
        return status;
    }

    /** Twice, as nobody keeps other systems from saying things twice. */
    private Object announce(Path file) throws Exception {
        String name = file.getFileName().toString();
        String trackId = ledger.named(name).sha256();
        Path object = store.resolve("tracks").resolve(trackId).resolve("source.wav");
        if (!Files.exists(object)) {
            Files.createDirectories(object.getParent());
            Path copy =
                    Files.copy(file, store.resolve(".unfinished").resolve(name), StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, object, StandardCopyOption.ATOMIC_MOVE);
        }
        AudioProbe probe = AudioFiles.probe(file);
        var event = new AudioReady(
                trackId,
                "tracks/" + trackId + "/source.wav",
                name,
                new AudioReady.Audio(probe.container(), probe.sampleRateHz(), probe.channels(), probe.lengthFrames()),
                AudioReady.Tags.NONE,
                List.of(),
                new AudioReady.Wish(Optional.empty(), ENCODING),
                Optional.empty());
        outsideEvents++;
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        OffsetDateTime said = clocksAreWrong ? now.plusDays(outsideEvents % 2 == 0 ? 2 : -400) : now;
        CloudEvent encoded = EventCodec.encode(event, idOf(name), OUTSIDE, said);
        for (int n = 0; n < 2; n++) {
            ProducerRecord<String, byte[]> record = KafkaMessageFactory.<String>createWriter(
                            Topics.AUDIO_READY, null, said.toInstant().toEpochMilli(), trackId)
                    .writeBinary(encoded);
            publish(record);
        }
        return event;
    }

    /** The id of the event by which a file was announced from outside. */
    static String idOf(String name) {
        return "outside-" + name;
    }

    private Object publishWhatIsNoEvent() throws Exception {
        String name = "no-event-" + portions;
        if (!ledger.contains(name)) {
            ledger.note(new Submitted(name, Fate.DEAD_LETTER_WITHOUT_ENTRY, ""));
        }
        publish(new ProducerRecord<>(Topics.AUDIO_READY, name, "{not json".getBytes(StandardCharsets.UTF_8)));
        return name;
    }

    private void publish(ProducerRecord<String, byte[]> record) throws Exception {
        try {
            var ignored = producer.send(record).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.RetriableException) {
                throw new IOException(e.getCause());
            }
            throw e;
        }
    }

    private static void untilAnswered(Callable<?> request) throws Exception {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Object ignored = request.call();
                return;
            } catch (CatalogueException | IOException e) {
                boolean refused = e instanceof CatalogueException refusal && refusal.isRefusal();
                if (refused || System.nanoTime() > giveUpAt) {
                    throw e;
                }
                LOGGER.atDebug().setCause(e).log("not accepted yet");
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        catalogue.close();
        producer.close(Duration.ofSeconds(5));
    }
}
