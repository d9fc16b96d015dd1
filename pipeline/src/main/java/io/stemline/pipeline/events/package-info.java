/** Events between their records and Kafka: CloudEvents in binary mode, the event's key as the record's key. */
package io.stemline.pipeline.events;
