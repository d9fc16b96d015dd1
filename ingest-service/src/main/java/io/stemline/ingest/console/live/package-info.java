/** What goes on right now: batches, tracks in work, queues, speed, failures. */
package io.stemline.ingest.console.live;
