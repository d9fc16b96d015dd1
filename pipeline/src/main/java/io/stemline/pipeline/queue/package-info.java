/**
 * The queue of work that takes seconds to hours: a Kafka share group, where every record is acknowledged by itself and only
 * after its work is done.
 */
package io.stemline.pipeline.queue;
