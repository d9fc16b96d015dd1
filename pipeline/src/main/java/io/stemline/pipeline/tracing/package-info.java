/** Traces that go on from service to service through the outbox and Kafka. */
package io.stemline.pipeline.tracing;
