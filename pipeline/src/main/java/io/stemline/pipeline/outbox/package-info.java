/**
 * Results and their events together or not at all: an event is written beside its result in one database transaction, and
 * published afterwards.
 */
package io.stemline.pipeline.outbox;
