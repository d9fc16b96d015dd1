package io.stemline.service;

import io.stemline.pipeline.queue.JobHandler;

/**
 * A queue that a service works on. A service produces one bean of this type for each of its queues; the life cycle does the rest.
 *
 * @param topic where the records are
 * @param group the share group: every record goes to one worker of each group; also the service's name in dead letters
 * @param workers jobs at the same time in this process
 * @param handler does the work
 */
public record QueueRole(String topic, String group, int workers, JobHandler handler) {}
