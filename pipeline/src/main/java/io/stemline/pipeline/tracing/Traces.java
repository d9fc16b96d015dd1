package io.stemline.pipeline.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Traces through queues and outbox. A record's header {@code traceparent} names the span that caused it, as the W3C's Trace
 * Context has it, so that the work on it is a child of that span in whatever service it happens.
 *
 * <p>Where the process has no OpenTelemetry SDK, all of this does nothing.
 */
public final class Traces {
    private static final String TRACE_PARENT = "traceparent";
    private static final String SCOPE = "io.stemline";

    private Traces() {}

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Does the work on a record in a span of its own, under the one that caused the record. */
    public static void received(ConsumerRecord<String, byte[]> record, String group, Work work) throws Exception {
        Span span = GlobalOpenTelemetry.getTracer(SCOPE)
                .spanBuilder("process " + record.topic())
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(causeOf(record.headers()))
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", record.topic())
                .setAttribute("messaging.consumer.group.name", group)
                .setAttribute("messaging.destination.partition.id", Integer.toString(record.partition()))
                .setAttribute("messaging.kafka.offset", record.offset())
                .setAttribute("messaging.kafka.message.key", String.valueOf(record.key()))
                .startSpan();
        in(span, work);
    }

    /** Does some work in a span of its own, under the current one if there is any. */
    public static void during(String name, Work work) throws Exception {
        in(GlobalOpenTelemetry.getTracer(SCOPE).spanBuilder(name).startSpan(), work);
    }

    private static void in(Span span, Work work) throws Exception {
        try (Scope current = span.makeCurrent()) {
            work.run();
        } catch (Throwable e) {
            span.recordException(e);
            span.setStatus(StatusCode.ERROR, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            span.end();
        }
    }

    /** What a record says that is caused by the current span; empty if nothing is traced. */
    public static Optional<String> current() {
        var traceParent = new AtomicReference<String>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), traceParent, (carrier, name, value) -> {
            if (name.equals(TRACE_PARENT)) {
                carrier.set(value);
            }
        });
        return Optional.ofNullable(traceParent.get());
    }

    /** Says in a record's headers what caused it. */
    public static void mark(Headers headers, String traceParent) {
        headers.remove(TRACE_PARENT).add(TRACE_PARENT, traceParent.getBytes(UTF_8));
    }

    private static Context causeOf(Headers headers) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, new TextMapGetter<>() {
            @Override
            public Iterable<String> keys(Headers carrier) {
                return List.of(TRACE_PARENT);
            }

            @Override
            public String get(Headers carrier, String name) {
                Header header = carrier == null ? null : carrier.lastHeader(name);
                return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
            }
        });
    }
}
