package io.stemline.pipeline.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stemline.pipeline.PipelineException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record that a service gave up, and why. On its topic it is the original record, key, value and headers unchanged, with the
 * reason in headers that start with {@value #HEADER_PREFIX}.
 *
 * @param original the record as it was
 * @param place where it was
 * @param failure why it was given up
 */
public record DeadLetter(Original original, Place place, Failure failure) {

    static final String HEADER_PREFIX = "stemline-dead-letter-";

    private static final int STACK_LIMIT_CHARS = 16_000;

    /**
     * The record as it was.
     *
     * @param headers without those of the dead letter
     */
    public record Original(Optional<String> key, Optional<byte[]> value, List<Header> headers) {
        public Original {
            headers = List.copyOf(headers);
        }
    }

    /** Where the original was. */
    public record Place(String topic, int partition, long offset) {}

    /**
     * Why the original was given up.
     *
     * @param reason a sentence
     * @param service who gave it up
     * @param attempt the delivery at which that happened, from 1
     * @param exception class of what was thrown
     * @param stack its stack trace, cut off after 16,000 characters
     * @param time when
     */
    public record Failure(String reason, String service, int attempt, String exception, String stack, Instant time) {

        /** Describes what was thrown. */
        public static Failure of(Throwable thrown, String service, int attempt, Instant time) {
            String reason = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
            return new Failure(reason, service, attempt, thrown.getClass().getName(), stackOf(thrown), time);
        }

        private static String stackOf(Throwable thrown) {
            var text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            String stack = text.toString();
            return stack.length() <= STACK_LIMIT_CHARS ? stack : stack.substring(0, STACK_LIMIT_CHARS);
        }
    }

    /** A dead letter about a record that is being worked on. */
    public static DeadLetter about(ConsumerRecord<String, byte[]> record, Failure failure) {
        return new DeadLetter(
                originalOf(record), new Place(record.topic(), record.partition(), record.offset()), failure);
    }

    /**
     * Reads a record of a dead-letter topic.
     *
     * @throws PipelineException if it was not written as a dead letter
     */
    public static DeadLetter parse(ConsumerRecord<String, byte[]> record) {
        var headers = new Reader(record);
        var place = new Place(headers.text("topic"), headers.integer("partition"), headers.number("offset"));
        var failure = new Failure(
                headers.text("reason"),
                headers.text("service"),
                headers.integer("attempt"),
                headers.text("exception"),
                headers.text("stack"),
                headers.time("time"));
        return new DeadLetter(originalOf(record), place, failure);
    }

    /**
     * The same for every copy of one giving-up of one record by one service, so that a letter that was written twice counts
     * once: {@code service/topic/partition/offset}.
     */
    public String id() {
        return "%s/%s/%d/%d".formatted(failure.service(), place.topic(), place.partition(), place.offset());
    }

    /** The id of the CloudEvent that the original is, if it is one. */
    public Optional<String> eventId() {
        return original.headers().stream()
                .filter(header -> header.key().equals("ce_id") && header.value() != null)
                .map(header -> new String(header.value(), UTF_8))
                .findFirst();
    }

    /** The record for a dead-letter topic. */
    ProducerRecord<String, byte[]> toRecord(String topic) {
        ProducerRecord<String, byte[]> record = originalFor(topic);
        Headers headers = record.headers();
        add(headers, "reason", failure.reason());
        add(headers, "service", failure.service());
        add(headers, "attempt", Integer.toString(failure.attempt()));
        add(headers, "exception", failure.exception());
        add(headers, "stack", failure.stack());
        add(headers, "time", failure.time().toString());
        add(headers, "topic", place.topic());
        add(headers, "partition", Integer.toString(place.partition()));
        add(headers, "offset", Long.toString(place.offset()));
        return record;
    }

    /** The record as it was, for the topic that it came from. */
    ProducerRecord<String, byte[]> toOriginalRecord() {
        return originalFor(place.topic());
    }

    private ProducerRecord<String, byte[]> originalFor(String topic) {
        return new ProducerRecord<>(
                topic, null, null, original.key().orElse(null), original.value().orElse(null), original.headers());
    }

    private static Original originalOf(ConsumerRecord<String, byte[]> record) {
        var headers = new ArrayList<Header>();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(HEADER_PREFIX)) {
                headers.add(header);
            }
        }
        return new Original(Optional.ofNullable(record.key()), Optional.ofNullable(record.value()), headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(HEADER_PREFIX + name, value.getBytes(UTF_8));
    }

    private record Reader(ConsumerRecord<String, byte[]> record) {

        String text(String name) {
            Header header = record.headers().lastHeader(HEADER_PREFIX + name);
            if (header == null || header.value() == null) {
                throw new PipelineException(where() + ": not a dead letter, it has no header " + HEADER_PREFIX + name);
            }
            return new String(header.value(), UTF_8);
        }

        int integer(String name) {
            return Math.toIntExact(number(name));
        }

        long number(String name) {
            try {
                return Long.parseLong(text(name));
            } catch (NumberFormatException e) {
                throw new PipelineException(where() + ": " + HEADER_PREFIX + name + " is not a number", e);
            }
        }

        Instant time(String name) {
            try {
                return Instant.parse(text(name));
            } catch (DateTimeParseException e) {
                throw new PipelineException(where() + ": " + HEADER_PREFIX + name + " is not a time", e);
            }
        }

        private String where() {
            return record.topic() + "-" + record.partition() + "@" + record.offset();
        }
    }
}
