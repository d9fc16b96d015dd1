package io.stemline.pipeline.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.stemline.events.Progress;
import io.stemline.events.Topics;
import io.stemline.pipeline.Platform;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxMetrics;
import io.stemline.pipeline.outbox.OutboxRelay;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TracesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_ID = "b7ad6b7169203331";

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    @Test
    void aTraceGoesOnThroughOutboxAndQueue() throws Exception {
        // Given
        String track = "7ace".repeat(16);
        Platform.createTopics(Platform.broker(), Topics.PROGRESS);
        var outbox = new Outbox(URI.create("/ingest"), Clock.systemUTC());

        // When
        Traces.during("take in", () -> {
            try (Connection connection = Platform.database().getConnection()) {
                outbox.add(
                        connection, OutgoingEvent.once(new Progress(track, "ingest", "storing", 0, Optional.empty())));
            }
        });
        ConsumerRecord<String, byte[]> record = published(track);
        Traces.received(record, "separator", () -> {});

        // Then
        SpanData cause = span("take in");
        SpanData effect = span("process " + Topics.PROGRESS);
        assertThat(effect.getTraceId()).isEqualTo(cause.getTraceId());
        assertThat(effect.getParentSpanId()).isEqualTo(cause.getSpanId());
    }

    @Test
    void workThatFailsIsAFailedSpan() {
        // Given
        ConsumerRecord<String, byte[]> record = record("00-%s-%s-01".formatted(TRACE_ID, SPAN_ID));

        // When
        assertThatThrownBy(() -> Traces.received(record, "separator", () -> {
                    throw new IOException("the store is away");
                }))
                .isInstanceOf(IOException.class);

        // Then
        SpanData span = span("process topic");
        assertThat(span.getTraceId()).isEqualTo(TRACE_ID);
        assertThat(span.getParentSpanId()).isEqualTo(SPAN_ID);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEqualTo("the store is away");
    }

    @Test
    void aHeaderThatIsNoTraceBeginsAnotherOne() throws Exception {
        // When
        Traces.received(record("garbage"), "separator", () -> {});

        // Then
        assertThat(span("process topic").getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void whereNothingIsTracedEventsCarryNothing() {
        assertThat(Traces.current()).isEmpty();
    }

    private static ConsumerRecord<String, byte[]> published(String track) {
        try (var relay =
                OutboxRelay.start(Platform.database(), Platform.broker(), Duration.ofMillis(50), new OutboxMetrics() {
                    @Override
                    public void published(int events) {}

                    @Override
                    public void failed() {}
                })) {
            relay.nudge();
            return await().atMost(SOON)
                    .until(
                            () -> Platform.read(Platform.broker(), Topics.PROGRESS, found -> track.equals(found.key())),
                            found -> found.size() == 1)
                    .getFirst();
        }
    }

    private static ConsumerRecord<String, byte[]> record(String traceParent) {
        var record = new ConsumerRecord<>("topic", 0, 0, "track", new byte[0]);
        record.headers().add("traceparent", traceParent.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static SpanData span(String name) {
        List<SpanData> spans = TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
        assertThat(spans).hasSize(1);
        return spans.getFirst();
    }
}
