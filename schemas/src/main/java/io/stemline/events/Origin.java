package io.stemline.events;

/**
 * The submission that an event goes back to.
 *
 * @param batchId batch of the submission
 * @param itemId the one entry in it
 */
public record Origin(String batchId, String itemId) {}
